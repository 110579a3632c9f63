package io.millrace.inference.poster.background;

import io.millrace.inference.model.pattern.PatternModel;
import io.millrace.inference.model.pattern.PatternModel.Look;
import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.colour.Palette;
import io.millrace.inference.poster.colour.Rgb;
import java.util.ArrayList;
import java.util.List;

/** What each style asks of the pattern. */
final class Looks {
    private Looks() {}

    static Look of(Style style) {
        return switch (style) {
            case BUSINESS -> new Look(0.72, 0.62, 1.5, 6.2, 0.34, 0.5, 0.05);
            case CARTOON -> new Look(0.95, 0.8, 7, 5.2, 0, 0.2, 0);
            case MINIMALIST -> new Look(0.55, 0.55, 2.2, 4.2, 0.22, 0.2, 0);
        };
    }

    /** How still the pattern gets under text. */
    static double calm(Style style) {
        return switch (style) {
            case BUSINESS -> 0.93;
            case CARTOON, MINIMALIST -> 1;
        };
    }

    /**
     * Colours of the terraces, as the network takes them.
     *
     * @param window whether plain ground lies around: then the lowest terrace must differ from it
     */
    static float[] colours(Palette palette, boolean window) {
        List<Rgb> ramp = new ArrayList<>(palette.ramp());
        if (window) {
            ramp.remove(0);
            ramp.add(ramp.get(ramp.size() - 1));
        }
        float[] colours = new float[PatternModel.COLOURS * 3];
        for (int i = 0; i < PatternModel.COLOURS; i++) {
            Rgb colour = ramp.get(Math.min(i, ramp.size() - 1));
            colours[3 * i] = colour.red() / 255f;
            colours[3 * i + 1] = colour.green() / 255f;
            colours[3 * i + 2] = colour.blue() / 255f;
        }
        return colours;
    }
}
