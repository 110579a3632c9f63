package io.millrace.inference.poster.layout;

import io.millrace.inference.poster.intent.Position;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.layout.Layout.Art;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Align;
import java.util.List;
import java.util.Map;

/**
 * A composition before text is poured in.
 *
 * @param art window of the pattern; with {@code artBetween} only its width counts, its height is what the zones leave
 * @param zones columns of text, top to bottom
 * @param homes zone of each role, by index
 * @param places zone of each wished position, by index; empty when the composition cannot honour wishes
 * @param headline largest size of the headline in units
 * @param panel zone that stands on a panel spanning all zones, or none
 */
record Frame(
        Art art,
        boolean artBetween,
        List<Zone> zones,
        Map<Role, Integer> homes,
        Map<Position, Integer> places,
        double headline,
        Ground panel) {

    /** Whether text stands on a fixed card, on a sheet that grows with it, or on the background. */
    enum Ground {
        NONE,
        SHEET,
        FIXED_CARD
    }

    /** Where a column of text is held fast. */
    enum Anchor {
        TOP,
        MIDDLE,
        BOTTOM
    }

    /**
     * A column of text.
     *
     * @param card whether its own card is drawn around it
     */
    record Zone(Rect area, Anchor anchor, Align align, boolean card) {}
}
