package io.millrace.inference.picture;

/**
 * What is taken of a picture.
 *
 * @param minSide pixels of the shorter side, at least
 * @param keptPixels most pixels of it as functions see it; what has more is read at a half, a third and so on of its size
 */
public record Bounds(int minSide, int keptPixels) {
    /** Of pictures that are computed with. */
    public static final Bounds USUAL = new Bounds(Uploaded.MIN_SIDE, Uploaded.KEPT_PIXELS);
}
