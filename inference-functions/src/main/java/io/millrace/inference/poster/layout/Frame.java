package io.millrace.inference.poster.layout;

import io.millrace.inference.poster.intent.Position;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.layout.Layout.Art;
import io.millrace.inference.poster.layout.Layout.Panel;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Align;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A composition before text is poured in.
 *
 * @param art window of the pattern; with {@code artBetween} only its width counts, its height is what the zones leave
 * @param zones columns of text, top to bottom
 * @param homes zone of each role, by index
 * @param places zone of each wished position, by index; empty when the composition cannot honour wishes
 * @param stage what stands behind and beside the text
 */
record Frame(
        Art art,
        boolean artBetween,
        List<Zone> zones,
        Map<Role, Integer> homes,
        Map<Position, Integer> places,
        Type type,
        Stage stage) {

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

    /** What is drawn around one column. */
    enum Plate {
        NONE,
        CARD,
        TICKET,
        /** As wide as the words, in the accent. */
        BLOCK,
        /** A disc in the accent. */
        BADGE
    }

    /** What stands before each fact. */
    enum Lists {
        PLAIN,
        BULLETS,
        ICONS,
        /** Hairlines between them. */
        ROWS
    }

    /**
     * A column of text.
     *
     * @param stands id of the panel of the stage it stands on; null on the pattern or its own plate
     */
    record Zone(
            Rect area,
            Anchor anchor,
            Align align,
            Plate plate,
            @Nullable String stands) {
        Zone(Rect area, Anchor anchor, Align align) {
            this(area, anchor, align, Plate.NONE, null);
        }

        Zone on(String panel) {
            return new Zone(area, anchor, align, plate, panel);
        }

        Zone with(Plate other) {
            return new Zone(area, anchor, align, other, stands);
        }
    }

    /**
     * Sizes.
     *
     * @param headline largest size of the headline in units
     * @param sizes largest sizes of other roles in units, where they differ from the usual
     * @param air factor of the gaps
     */
    record Type(double headline, Map<Role, Double> sizes, double air, Lists lists) {
        Type {
            sizes = Map.copyOf(sizes);
        }
    }

    /**
     * What is behind and beside the text.
     *
     * @param panels bands, planes and frames, lowest first; text may stand on them
     * @param hero where the drawing belongs; null wherever there is room
     */
    record Stage(
            Ground ground, List<Panel> panels, @Nullable Rect hero) {
        static final Stage BARE = new Stage(Ground.NONE, List.of(), null);

        Stage {
            panels = List.copyOf(panels);
        }
    }
}
