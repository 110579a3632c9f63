package io.millrace.inference.poster.layout;

import static io.millrace.inference.poster.layout.Frame.Anchor.BOTTOM;
import static io.millrace.inference.poster.layout.Frame.Anchor.MIDDLE;
import static io.millrace.inference.poster.layout.Frame.Anchor.TOP;

import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.Position;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.layout.Frame.Lists;
import io.millrace.inference.poster.layout.Frame.Type;
import io.millrace.inference.poster.layout.Frame.Zone;
import io.millrace.inference.poster.layout.Layout.Art;
import io.millrace.inference.poster.layout.Layout.ArtShape;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Align;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The compositions, and what they are measured with. Nothing in them is a fixed place: the solver turns their {@link Knobs}. */
final class Families {
    static final Map<Position, Integer> IN_ORDER = Map.of(Position.TOP, 0, Position.CENTER, 1, Position.BOTTOM, 2);

    /** All of them. */
    static final List<Family> ALL = Stream.of(
                    OpenFamilies.ALL, WindowFamilies.ALL, PanelFamilies.ALL, OccasionFamilies.ALL)
            .flatMap(List::stream)
            .toList();

    private Families() {}

    /**
     * @param affinity how well it becomes a brief, 0 (not at all) to 1
     */
    record Family(String name, ToDoubleFunction<Brief> affinity, BiFunction<Brief, Knobs, Frame> frame) {}

    static double margin(Brief.Canvas canvas) {
        return canvas.unit() * 7.2;
    }

    static Rect safe(Brief.Canvas canvas) {
        return whole(canvas).grown(-margin(canvas));
    }

    /** What plates may reach. */
    static Rect bleed(Brief.Canvas canvas) {
        return whole(canvas).grown(-3.4 * canvas.unit());
    }

    static Rect whole(Brief.Canvas canvas) {
        return new Rect(0, 0, canvas.width(), canvas.height());
    }

    static Art everywhere(Brief.Canvas canvas) {
        return new Art(ArtShape.FULL, whole(canvas));
    }

    static boolean placed(Brief brief) {
        return brief.texts().stream().anyMatch(text -> text.position() != null);
    }

    static boolean placed(Brief brief, Position position) {
        return brief.texts().stream().anyMatch(text -> text.position() == position);
    }

    /** A single fact is read with the title; more of them have a place of their own. */
    static long facts(Brief brief) {
        return brief.texts().stream()
                .filter(text -> text.role() == Role.BODY || text.role() == Role.FEATURE || text.role() == Role.DATE)
                .count();
    }

    static long count(Brief brief, Role role) {
        return brief.texts().stream().filter(text -> text.role() == role).count();
    }

    /** Characters of the headline; a Chinese one counts as two. */
    static int headline(Brief brief) {
        return brief.texts().stream()
                .filter(text -> text.role() == Role.HEADLINE)
                .mapToInt(text -> text.content()
                        .codePoints()
                        .map(c -> c >= 0x2E80 ? 2 : 1)
                        .sum())
                .findFirst()
                .orElse(0);
    }

    /** Very wide canvases have room for one row of things only. */
    static boolean wide(Brief brief) {
        return brief.canvas().aspect() > 2.1;
    }

    /** Titles in the first zone, facts in the second, what to do in the third. */
    static Map<Role, Integer> homes(int feature, int body, int end) {
        Map<Role, Integer> homes = new EnumMap<>(Role.class);
        for (Role role : List.of(Role.BRAND, Role.KICKER, Role.HEADLINE, Role.SUBTITLE)) {
            homes.put(role, 0);
        }
        homes.put(Role.FEATURE, feature);
        homes.put(Role.DATE, body);
        homes.put(Role.BODY, body);
        homes.put(Role.CTA, end);
        homes.put(Role.FOOTER, end);
        return homes;
    }

    static Map<Role, Integer> homes(int feature, int body, int end, int date) {
        Map<Role, Integer> homes = homes(feature, body, end);
        homes.put(Role.DATE, date);
        return homes;
    }

    static List<Zone> stack(Rect column, double titleTop, Align align, Frame.Plate plate) {
        Rect title = new Rect(column.x(), titleTop, column.w(), column.bottom() - titleTop);
        return List.of(
                new Zone(title, TOP, align),
                new Zone(column, MIDDLE, align).with(plate),
                new Zone(column, BOTTOM, align));
    }

    /** Headline between two sizes by the voice, gaps by the air. */
    static Type type(Brief brief, Knobs knobs, double low, double high, Map<Role, Double> sizes) {
        return new Type(
                Knobs.between(low, high, knobs.voice()), sizes, Knobs.between(0.8, 1.35, knobs.air()), lists(brief));
    }

    static Type type(Brief brief, Knobs knobs, double low, double high) {
        return type(brief, knobs, low, high, Map.of());
    }

    private static Lists lists(Brief brief) {
        return switch (brief.style()) {
            case BUSINESS, TECH -> Lists.ICONS;
            case CARTOON -> Lists.ICONS;
            case MINIMALIST, ELEGANT -> Lists.ROWS;
            case RETRO, CHINESE -> Lists.PLAIN;
        };
    }

    static boolean quiet(Brief brief) {
        return brief.style() == Style.MINIMALIST || brief.style() == Style.ELEGANT;
    }
}
