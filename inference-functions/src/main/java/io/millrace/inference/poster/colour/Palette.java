package io.millrace.inference.poster.colour;

import java.util.List;

/**
 * The colours of one poster.
 *
 * @param base what text stands on; the lowest terrace of the pattern
 * @param ramp the six terraces of the pattern, {@code base} first
 * @param ink text on {@code base}
 * @param accent few, strong marks
 * @param onAccent text on {@code accent}
 * @param surface cards
 * @param onSurface text on cards
 */
public record Palette(Rgb base, List<Rgb> ramp, Rgb ink, Rgb accent, Rgb onAccent, Rgb surface, Rgb onSurface) {
    public Palette {
        ramp = List.copyOf(ramp);
    }
}
