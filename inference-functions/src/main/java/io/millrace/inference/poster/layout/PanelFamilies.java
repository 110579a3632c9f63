package io.millrace.inference.poster.layout;

import static io.millrace.inference.poster.layout.Families.everywhere;
import static io.millrace.inference.poster.layout.Families.facts;
import static io.millrace.inference.poster.layout.Families.homes;
import static io.millrace.inference.poster.layout.Families.placed;
import static io.millrace.inference.poster.layout.Families.safe;
import static io.millrace.inference.poster.layout.Families.type;
import static io.millrace.inference.poster.layout.Frame.Anchor.BOTTOM;
import static io.millrace.inference.poster.layout.Frame.Anchor.MIDDLE;
import static io.millrace.inference.poster.layout.Frame.Anchor.TOP;
import static io.millrace.inference.poster.layout.Knobs.between;

import io.millrace.inference.poster.Occasion;
import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.layout.Families.Family;
import io.millrace.inference.poster.layout.Frame.Ground;
import io.millrace.inference.poster.layout.Frame.Plate;
import io.millrace.inference.poster.layout.Frame.Stage;
import io.millrace.inference.poster.layout.Frame.Zone;
import io.millrace.inference.poster.layout.Layout.Panel;
import io.millrace.inference.poster.layout.Layout.PanelKind;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Align;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compositions whose words stand on sheets, cards, bands and planes over the pattern. */
final class PanelFamilies {
    static final List<Family> ALL = List.of(
            new Family("sheet", PanelFamilies::sheetFits, PanelFamilies::sheet),
            new Family("invitation", PanelFamilies::invitationFits, PanelFamilies::invitation),
            new Family("columns", PanelFamilies::columnsFits, PanelFamilies::columns),
            new Family("card", PanelFamilies::cardFits, PanelFamilies::card),
            new Family("diagonal", PanelFamilies::diagonalFits, PanelFamilies::diagonal),
            new Family("band", PanelFamilies::bandFits, PanelFamilies::band));

    private PanelFamilies() {}

    private static Align align(Brief brief) {
        return brief.style() == Style.CARTOON || brief.style() == Style.CHINESE ? Align.CENTER : Align.LEFT;
    }

    private static double sheetFits(Brief brief) {
        return placed(brief) || brief.canvas().landscape() ? 0 : 0.6;
    }

    /** A sheet of paper over the lower part carries all words. */
    private static Frame sheet(Brief brief, Knobs knobs) {
        return new Frame(
                everywhere(brief.canvas()),
                false,
                List.of(new Zone(safe(brief.canvas()), BOTTOM, align(brief))),
                homes(0, 0, 0),
                Map.of(),
                type(brief, knobs, 12, brief.canvas().portrait() ? 18 : 14),
                new Stage(Ground.SHEET, List.of(), null));
    }

    private static double invitationFits(Brief brief) {
        boolean suits = brief.occasion() == Occasion.FESTIVAL || brief.occasion() == Occasion.EVENT;
        double liking = suits ? 0.75 : 0.4;
        return brief.style() == Style.BUSINESS || brief.style() == Style.TECH ? 0.1 : liking;
    }

    /** A card in the middle, the pattern around it like wrapping paper. */
    private static Frame invitation(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        double unit = canvas.unit();
        double side = canvas.landscape() ? canvas.width() * between(0.14, 0.24, knobs.measure()) : 8 * unit;
        double above = canvas.portrait() ? canvas.height() * between(0.09, 0.18, knobs.cut()) : 8 * unit;
        Rect card = Families.whole(canvas).grown(-side, -above);
        Rect column = card.grown(-8 * unit, -8 * unit);
        return new Frame(
                everywhere(canvas),
                false,
                Families.stack(column, column.y(), Align.CENTER, Plate.NONE),
                homes(1, facts(brief) > 1 || placed(brief) ? 1 : 0, 2),
                Families.IN_ORDER,
                type(brief, knobs, 11, canvas.portrait() ? 16 : 13),
                new Stage(Ground.FIXED_CARD, List.of(), null));
    }

    private static double columnsFits(Brief brief) {
        return brief.canvas().landscape() && facts(brief) > 0 && !placed(brief) ? 0.8 : 0;
    }

    /** Title on the left, facts on a card on the right. */
    private static Frame columns(Brief brief, Knobs knobs) {
        Rect safe = safe(brief.canvas());
        double cut = between(0.5, 0.62, knobs.cut());
        Rect left = new Rect(safe.x(), safe.y(), safe.w() * cut, safe.h());
        double gap = safe.w() * between(0.05, 0.09, knobs.measure());
        Rect right = new Rect(left.right() + gap, safe.y(), safe.right() - left.right() - gap, safe.h());
        return new Frame(
                everywhere(brief.canvas()),
                false,
                List.of(new Zone(left, MIDDLE, Align.LEFT), new Zone(right, MIDDLE, Align.LEFT).with(Plate.CARD)),
                homes(1, 1, 1),
                Map.of(),
                type(brief, knobs, 12, 18),
                Stage.BARE);
    }

    private static double cardFits(Brief brief) {
        return brief.canvas().landscape() || placed(brief) ? 0 : 0.65;
    }

    /** Title above, a floating card with everything else over the lower margin. */
    private static Frame card(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        Rect title = new Rect(safe.x(), safe.y() + safe.h() * between(0, 0.06, knobs.rise()), safe.w(), safe.h() * 0.9);
        Rect plate = Families.bleed(canvas).grown(-2.6 * canvas.unit());
        Rect middle = new Rect(safe.x(), safe.y() + safe.h() * 0.26, safe.w(), safe.h() * 0.36);
        return new Frame(
                everywhere(canvas),
                false,
                List.of(new Zone(title, TOP, align(brief)), new Zone(plate, BOTTOM, align(brief)).with(Plate.CARD)),
                homes(1, 1, 1),
                Map.of(),
                type(brief, knobs, 14, 22),
                new Stage(Ground.NONE, List.of(), middle));
    }

    private static double diagonalFits(Brief brief) {
        if (placed(brief) || Families.wide(brief)) {
            return 0;
        }
        return switch (brief.style()) {
            case BUSINESS, TECH -> 0.9;
            case RETRO, CARTOON -> 0.6;
            case MINIMALIST, ELEGANT, CHINESE -> 0.25;
        };
    }

    /** A plane with a slanting edge carries the words. */
    private static Frame diagonal(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double unit = canvas.unit();
        double cut = between(0.4, 0.5, knobs.cut());
        double slant = between(0.08, 0.18, knobs.measure());
        if (canvas.landscape()) {
            double foot = (cut + 0.14) * 100;
            String outline = String.format(
                    Locale.ROOT, "M 0 0 L %.2f 0 L %.2f 100 L 0 100 Z", foot + slant * 60, foot - slant * 60);
            Rect column = new Rect(
                    safe.x(), safe.y(), canvas.width() * (foot / 100 - slant * 0.6) - safe.x() - 3 * unit, safe.h());
            return slanted(brief, outline, Families.stack(column, safe.y(), Align.LEFT, Plate.NONE), knobs, 15, null);
        }
        String outline = String.format(
                Locale.ROOT,
                "M 0 %.2f L 100 %.2f L 100 100 L 0 100 Z",
                (cut + slant / 2) * 100,
                (cut - slant / 2) * 100);
        double top = canvas.height() * (cut + slant / 2) + 5 * unit;
        Rect column = new Rect(safe.x(), top, safe.w(), safe.bottom() - top);
        List<Zone> zones = List.of(new Zone(column, TOP, Align.LEFT), new Zone(column, BOTTOM, Align.LEFT));
        Rect hero = new Rect(safe.x(), safe.y(), safe.w(), canvas.height() * (cut - slant / 2) - safe.y() - 5 * unit);
        return slanted(brief, outline, zones, knobs, 18, hero);
    }

    private static Frame slanted(
            Brief brief,
            String outline,
            List<Zone> zones,
            Knobs knobs,
            double largest,
            @org.jspecify.annotations.Nullable Rect hero) {
        Rect whole = Families.whole(brief.canvas());
        Panel plane = new Panel("plane", PanelKind.PLANE, whole, 0, outline);
        List<Zone> standing = zones.stream().map(zone -> zone.on("plane")).toList();
        int last = zones.size() - 1;
        return new Frame(
                everywhere(brief.canvas()),
                false,
                standing,
                last == 1 ? homes(0, 0, 1) : homes(1, 1, 2),
                Map.of(),
                type(brief, knobs, 11, largest),
                new Stage(Ground.NONE, List.of(plane), hero));
    }

    private static double bandFits(Brief brief) {
        boolean bold = brief.occasion() == Occasion.PROMO || brief.style() == Style.RETRO;
        return placed(brief) || brief.canvas().landscape() || Families.headline(brief) > 22 ? 0 : bold ? 0.9 : 0.5;
    }

    /** A strip of the accent from edge to edge carries the title. */
    private static Frame band(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double unit = canvas.unit();
        double top = canvas.height() * between(0.3, 0.52, knobs.rise());
        double height = between(34, 48, knobs.cut()) * unit;
        Rect band = new Rect(0, top, canvas.width(), height);
        Rect title = new Rect(safe.x(), top + 4 * unit, safe.w(), height - 8 * unit);
        Rect above = new Rect(safe.x(), safe.y(), safe.w(), top - safe.y() - 4 * unit);
        Rect below = new Rect(safe.x(), band.bottom() + 5 * unit, safe.w(), safe.bottom() - band.bottom() - 5 * unit);
        Map<Role, Integer> homes = new java.util.EnumMap<>(homes(2, 2, 2));
        homes.put(Role.BRAND, 1);
        homes.put(Role.KICKER, 0);
        return new Frame(
                everywhere(canvas),
                false,
                List.of(
                        new Zone(title, MIDDLE, align(brief)).on("band"),
                        new Zone(above, TOP, align(brief)),
                        new Zone(below, BOTTOM, align(brief))),
                homes,
                Map.of(),
                type(brief, knobs, 12, 19),
                new Stage(Ground.NONE, List.of(new Panel("band", PanelKind.BAND, band, 0)), above));
    }
}
