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
            case BUSINESS -> new Look(0.7, 0.62, 1.5, 5.2, 0.36, 0.5);
            case CARTOON -> new Look(0.95, 0.8, 7, 5.2, 0, 0.2);
            case MINIMALIST -> new Look(0.75, 0.65, 2.4, 4.6, 0.22, 0.24);
        };
    }

    /** How hard the pattern is pressed down under text; beyond 1 the still ground grows. */
    static double calm(Style style) {
        return style == Style.BUSINESS ? 0.95 : 1;
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
