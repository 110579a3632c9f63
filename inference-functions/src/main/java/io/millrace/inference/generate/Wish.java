package io.millrace.inference.generate;

import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.colour.Rgb;
import java.util.List;

/**
 * One picture to paint.
 *
 * @param index place in the set, from 0
 * @param prompt as the caller wrote it
 * @param width 256 to 4096 pixels
 * @param height 256 to 4096 pixels
 * @param seed what varies between pictures of the same wish
 * @param look name of a {@link Look}
 * @param style what the prompt's meaning suggests
 * @param colors the most important first, at least one
 */
public record Wish(
        int index, String prompt, int width, int height, long seed, String look, Style style, List<Rgb> colors) {
    public Wish {
        colors = List.copyOf(colors);
    }
}
