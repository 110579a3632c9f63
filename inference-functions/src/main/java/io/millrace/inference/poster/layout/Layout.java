package io.millrace.inference.poster.layout;

import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Typesetter.Setting;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where everything stands: the result of {@code generating_layout}. All lengths in pixels of the canvas.
 *
 * @param family name of the composition
 * @param score 0 to 1
 * @param art where the pattern shows
 * @param slots one for each text, in reading order
 * @param panels cards, pills and marks, lowest first
 * @param safe the canvas without its margins: holds every slot
 * @param hero where the drawing belongs; null wherever there is room
 */
public record Layout(
        String family,
        double score,
        Art art,
        List<Slot> slots,
        List<Panel> panels,
        Rect safe,
        @Nullable Rect hero) {
    public Layout {
        slots = List.copyOf(slots);
        panels = List.copyOf(panels);
    }

    /** Shape of the window the pattern is seen through. */
    public enum ArtShape {
        FULL,
        RECT,
        ARCH,
        CIRCLE
    }

    /** The window; it may reach beyond the canvas. Outside of it is plain ground. */
    public record Art(ArtShape shape, Rect box) {}

    /** What a panel looks like. */
    public enum PanelKind {
        SHEET,
        CARD,
        PILL,
        MARK,
        RULE,
        BULLET,
        /** Full-bleed strip of the accent. */
        BAND,
        /** Full-bleed part of the canvas in the colour of cards. */
        PLANE,
        /** As wide as its words, in the accent. */
        BLOCK,
        /** A disc in the accent. */
        BADGE,
        /** A card with two notches. */
        TICKET,
        /** Lines along the margins. */
        FRAME,
        /** A hairline between facts. */
        DIVIDER,
        /** A line drawing beside a text. */
        ICON,
        /** Opening quotation marks. */
        QUOTE
    }

    /**
     * A plain form under or beside text.
     *
     * @param detail name of the icon of an ICON; outline of a PLANE in a view box of 100 by 100; otherwise empty
     */
    public record Panel(String id, PanelKind kind, Rect box, double radius, String detail) {
        public Panel(String id, PanelKind kind, Rect box, double radius) {
            this(id, kind, box, radius, "");
        }

        /** Whether text on it has this panel as its ground. */
        public boolean ground() {
            return switch (kind) {
                case SHEET, CARD, PILL, BAND, PLANE, BLOCK, BADGE, TICKET -> true;
                case MARK, RULE, BULLET, FRAME, DIVIDER, ICON, QUOTE -> false;
            };
        }
    }

    /**
     * Place of a text.
     *
     * @param box first em-box top to last em-box bottom, as wide as the widest line
     * @param panel id of the panel it stands on; null on the background
     * @param shrunk whether a wished font size had to give way
     */
    public record Slot(
            String id,
            Role role,
            Rect box,
            Setting setting,
            List<String> lines,
            @Nullable String panel,
            boolean shrunk) {
        public Slot {
            lines = List.copyOf(lines);
        }
    }

    public Optional<Panel> panel(@Nullable String id) {
        return panels.stream().filter(panel -> panel.id().equals(id)).findFirst();
    }

    public Optional<Slot> slot(Role role) {
        return slots.stream().filter(slot -> slot.role() == role).findFirst();
    }
}
