package io.millrace.inference.train;

/**
 * A labelled picture.
 *
 * @param image reference of the upload
 * @param label what it shows
 * @param validation kept aside to test with; else learned from
 */
record Sample(String image, String label, boolean validation) {}
