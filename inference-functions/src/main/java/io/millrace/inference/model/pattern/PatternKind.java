package io.millrace.inference.model.pattern;

import java.util.Locale;

/** Looks of the pattern network: one head each. */
public enum PatternKind {
    /** Terraces like layers of cut paper, with shadows. */
    PAPER_CUT,
    /** Colours that flow into each other. */
    MESH,
    /** Hills or waves one behind the other, paler with distance. */
    WAVES,
    /** Discs of light out of focus. */
    BOKEH,
    /** Quarter circles, discs and triangles on a grid. */
    GEOMETRIC,
    /** A coarse-grained gradient with a sun, like a print. */
    GRAIN;

    /** Name in results. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
