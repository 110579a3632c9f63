package io.millrace.inference.roadmap.validation;

/**
 * Something that was not right.
 *
 * @param check {@code ids, prerequisites, cycles, hours, coverage, order} or {@code load}
 * @param severity {@code warning}, or {@code error} where it could not be mended
 */
public record Finding(String check, String severity, String message, boolean repaired) {}
