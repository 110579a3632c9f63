package io.millrace.inference.poster.background;

import io.millrace.inference.poster.colour.Palette;

/**
 * Result of {@code generating_background}.
 *
 * @param artifact opaque PNG of the whole canvas
 * @param patternSeed seed of the chosen pattern
 * @param candidates how many were compared
 * @param score of the chosen one, 0 to 1
 * @param look kind of pattern, as {@code paper_cut}
 */
public record Background(
        String artifact, Palette palette, String model, long patternSeed, int candidates, double score, String look) {}
