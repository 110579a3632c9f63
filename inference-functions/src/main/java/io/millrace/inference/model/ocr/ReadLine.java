package io.millrace.inference.model.ocr;

/**
 * A line of text found in a picture.
 *
 * @param x left edge of its box in pixels
 * @param y upper edge of its box in pixels
 * @param confidence 0 to 1, mean over its characters
 */
public record ReadLine(int x, int y, int width, int height, String text, double confidence) {}
