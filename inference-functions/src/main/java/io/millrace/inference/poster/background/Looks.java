package io.millrace.inference.poster.background;

import io.millrace.inference.model.pattern.PatternKind;
import io.millrace.inference.model.pattern.PatternModel;
import io.millrace.inference.model.pattern.PatternModel.Look;
import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.colour.Palette;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.intent.Brief;
import java.util.ArrayList;
import java.util.List;

/** What each style asks of the pattern. */
final class Looks {
    private Looks() {}

    /** The kinds that suit a brief, the one the seed likes best first; a reference picture's kind before all. */
    static List<PatternKind> kinds(Brief brief, boolean window) {
        List<PatternKind> all = switch (brief.style()) {
            case BUSINESS -> List.of(PatternKind.PAPER_CUT, PatternKind.WAVES, PatternKind.GEOMETRIC, PatternKind.MESH);
            case CARTOON -> List.of(PatternKind.PAPER_CUT, PatternKind.WAVES, PatternKind.GEOMETRIC);
            case MINIMALIST -> List.of(PatternKind.WAVES, PatternKind.MESH, PatternKind.PAPER_CUT, PatternKind.GRAIN);
            case TECH -> List.of(PatternKind.MESH, PatternKind.BOKEH, PatternKind.WAVES, PatternKind.GRAIN);
            case ELEGANT -> List.of(PatternKind.BOKEH, PatternKind.WAVES, PatternKind.MESH);
            case RETRO -> List.of(PatternKind.GEOMETRIC, PatternKind.GRAIN, PatternKind.WAVES);
            case CHINESE -> List.of(PatternKind.WAVES, PatternKind.PAPER_CUT, PatternKind.GRAIN);
        };
        int first = (int) Math.floorMod(brief.canvas().seed(), (long) all.size());
        List<PatternKind> turned = new ArrayList<>(all.subList(first, all.size()));
        turned.addAll(all.subList(0, first));
        if (window && turned.remove(PatternKind.MESH)) {
            turned.add(PatternKind.MESH); // a window is small: flowing colours look empty in it
        }
        for (PatternKind kind : PatternKind.values()) {
            if (kind.label().equals(brief.mood().look())) {
                turned.remove(kind);
                turned.add(0, kind);
            }
        }
        return turned;
    }

    static Look of(Style style, PatternKind kind) {
        return switch (kind) {
            case PAPER_CUT -> paper(style);
            case MESH -> new Look(0.5, 0.32, style == Style.TECH ? 1.9 : 1.5, 0, 0, 0);
            case WAVES -> waves(style);
            case BOKEH -> new Look(0.5, 0.3, 1.6, 0, 0, style == Style.ELEGANT ? 0.85 : 1.1);
            case GEOMETRIC -> new Look(style == Style.BUSINESS ? 1.2 : 0.7, 0, 0, 0, 0, 0);
            case GRAIN -> new Look(0.4, 0.6, 1.5, 0, 0, 0.9);
        };
    }

    private static Look paper(Style style) {
        return switch (style) {
            case BUSINESS, TECH -> new Look(0.7, 0.62, 1.5, 5.2, 0.36, 0.5);
            case CARTOON, RETRO -> new Look(0.95, 0.8, 7, 5.2, 0, 0.2);
            case CHINESE -> new Look(0.8, 0.7, 3, 5.2, 0.15, 0.4);
            case MINIMALIST, ELEGANT -> new Look(0.75, 0.65, 2.4, 4.6, 0.22, 0.24);
        };
    }

    /** Ridges for the Chinese style, waves for the others. */
    private static Look waves(Style style) {
        return switch (style) {
            case CHINESE -> new Look(1.1, 0.55, 0.62, 1, 0.25, 1.25);
            case CARTOON -> new Look(1.3, 0, 0.25, 1, 0.35, 1.1);
            case MINIMALIST -> new Look(0.9, 0, 0.5, 1, 0.35, 0.9);
            case RETRO -> new Look(0.8, 0, 0, 0.9, 0.1, 1.1);
            case BUSINESS, TECH, ELEGANT -> new Look(1, 0, 0.45, 1, 0.75, 1.1);
        };
    }

    /** How hard the pattern is pressed down under text; beyond 1 the still ground grows. */
    static double calm(Style style) {
        return style == Style.BUSINESS ? 0.95 : 1;
    }

    /** The mood as the network takes it, at half the strength of chance. */
    static float[] mood(Brief brief) {
        float[] mood = new float[PatternModel.MOOD];
        for (int i = 0; i < Math.min(mood.length, brief.mood().latent().size()); i++) {
            mood[i] = 0.5f * brief.mood().latent().get(i);
        }
        return mood;
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
