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
import java.util.Map;

/** Compositions whose words stand on the pattern, which opens around them. */
final class OpenFamilies {
    static final List<Family> ALL = List.of(
            new Family("editorial", OpenFamilies::editorialFits, OpenFamilies::editorial),
            new Family("axis", OpenFamilies::axisFits, OpenFamilies::axis),
            new Family("masthead", brief -> placed(brief) ? 0 : 0.7, OpenFamilies::masthead),
            new Family("hero", OpenFamilies::heroFits, OpenFamilies::hero),
            new Family("quote", OpenFamilies::quoteFits, OpenFamilies::quote),
            new Family("framed", OpenFamilies::framedFits, OpenFamilies::framed),
            new Family("corners", OpenFamilies::cornersFits, OpenFamilies::corners),
            new Family("sale", OpenFamilies::saleFits, OpenFamilies::sale));

    private OpenFamilies() {}

    private static double editorialFits(Brief brief) {
        return brief.style() == Style.CARTOON || brief.style() == Style.CHINESE ? 0.4 : 0.75;
    }

    /** Everything on the left edge of the margin, the pattern runs free in the middle. */
    private static Frame editorial(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double share = canvas.landscape() ? between(0.5, 0.72, knobs.measure()) : 1;
        Rect column = new Rect(safe.x(), safe.y(), safe.w() * share, safe.h());
        double top = canvas.portrait() ? canvas.height() * between(0.07, 0.2, knobs.rise()) : safe.y();
        return new Frame(
                everywhere(canvas),
                false,
                Families.stack(column, top, Align.LEFT, Plate.NONE),
                homes(1, 2, 2, 0),
                Families.IN_ORDER,
                type(brief, knobs, 13, canvas.landscape() ? 17 : 21),
                Stage.BARE);
    }

    private static double axisFits(Brief brief) {
        return brief.style() == Style.CARTOON || brief.occasion() == Occasion.FESTIVAL ? 0.85 : 0.5;
    }

    /** Centred from top to bottom, facts on a card. */
    private static Frame axis(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        Rect column = safe.grown(-safe.w() * between(0, canvas.landscape() ? 0.16 : 0.05, knobs.measure()), 0);
        double top = canvas.portrait() ? canvas.height() * between(0.07, 0.16, knobs.rise()) : safe.y();
        long facts = facts(brief);
        boolean card = facts >= 2 && !Families.quiet(brief);
        return new Frame(
                everywhere(canvas),
                false,
                Families.stack(column, top, Align.CENTER, card ? Plate.CARD : Plate.NONE),
                homes(1, facts > 1 || placed(brief) ? 1 : 0, 2),
                Families.IN_ORDER,
                type(brief, knobs, 14, canvas.landscape() ? 17 : 22),
                Stage.BARE);
    }

    /** The pattern above, all words rise from the lower left. */
    private static Frame masthead(Brief brief, Knobs knobs) {
        Rect safe = safe(brief.canvas());
        double share = brief.canvas().landscape() ? between(0.55, 0.78, knobs.measure()) : 1;
        Rect column = new Rect(safe.x(), safe.y(), safe.w() * share, safe.h());
        return new Frame(
                everywhere(brief.canvas()),
                false,
                List.of(new Zone(column, BOTTOM, Align.LEFT)),
                homes(0, 0, 0),
                Map.of(),
                type(brief, knobs, 14, brief.canvas().landscape() ? 17 : 22),
                Stage.BARE);
    }

    private static double heroFits(Brief brief) {
        if (placed(brief) || Families.wide(brief)) {
            return 0;
        }
        return Families.headline(brief) <= 12 ? 1.1 : 0.45;
    }

    /** A headline as wide as the margins, the drawing large below it, everything else at the foot in two columns. */
    private static Frame hero(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double cut = between(0.4, 0.6, knobs.cut());
        double gutter = 3 * canvas.unit();
        Rect left = new Rect(safe.x(), safe.y(), safe.w() * cut - gutter, safe.h());
        Rect right = new Rect(left.right() + 2 * gutter, safe.y(), safe.right() - left.right() - 2 * gutter, safe.h());
        boolean centred = brief.style() == Style.CARTOON || brief.style() == Style.CHINESE;
        Rect middle = new Rect(safe.x(), safe.y() + safe.h() * 0.3, safe.w(), safe.h() * 0.42);
        List<Zone> zones = centred
                ? List.of(new Zone(safe, TOP, Align.CENTER), new Zone(safe, BOTTOM, Align.CENTER))
                : List.of(
                        new Zone(safe, TOP, Align.LEFT),
                        new Zone(left, BOTTOM, Align.LEFT),
                        new Zone(right, BOTTOM, Align.LEFT));
        return new Frame(
                everywhere(canvas),
                false,
                zones,
                centred ? homes(1, 1, 1) : homes(2, 1, 2),
                Map.of(),
                type(brief, knobs, 20, 34, Map.of(Role.SUBTITLE, 5.0, Role.FEATURE, 9.0)),
                new Stage(Ground.NONE, List.of(), middle));
    }

    private static double quoteFits(Brief brief) {
        boolean few = brief.texts().size() <= 5 && facts(brief) == 0 && !placed(brief);
        if (brief.occasion() == Occasion.QUOTE) {
            return few ? 1.4 : 0.9;
        }
        return few && Families.headline(brief) > 16 ? 0.7 : 0;
    }

    /** The words are the picture: large, with quotation marks, in the optical middle. */
    private static Frame quote(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double unit = canvas.unit();
        Align align = knobs.cut() < 0.5 ? Align.LEFT : Align.CENTER;
        double side = 15 * unit;
        double top = safe.y() + safe.h() * between(0.02, 0.16, knobs.rise());
        double x = align == Align.LEFT ? safe.x() : safe.centerX() - side / 2;
        Rect words = new Rect(safe.x(), top + side + 3 * unit, safe.w(), safe.bottom() - top - side - 22 * unit);
        Panel marks = new Panel("quote", PanelKind.QUOTE, new Rect(x, top, side, side), 0);
        return new Frame(
                everywhere(canvas),
                false,
                List.of(new Zone(words, MIDDLE, align), new Zone(safe, BOTTOM, align)),
                homes(1, 1, 1),
                Map.of(),
                type(brief, knobs, 11, 17),
                new Stage(Ground.NONE, List.of(marks), null));
    }

    private static double framedFits(Brief brief) {
        double liking = switch (brief.style()) {
            case ELEGANT, CHINESE -> 1;
            case RETRO -> 0.8;
            case MINIMALIST -> 0.6;
            case BUSINESS, CARTOON, TECH -> 0;
        };
        return Families.wide(brief) ? 0 : liking;
    }

    /** Fine lines along the margin, everything centred inside. */
    private static Frame framed(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        double unit = canvas.unit();
        Rect frame = Families.whole(canvas).grown(-5 * unit);
        Rect inner = safe(canvas).grown(-between(5, 9, knobs.measure()) * unit, -7 * unit);
        double top = inner.y() + (canvas.portrait() ? canvas.height() * between(0.0, 0.14, knobs.rise()) : 0);
        return new Frame(
                everywhere(canvas),
                false,
                Families.stack(inner, top, Align.CENTER, Plate.NONE),
                homes(1, facts(brief) > 1 || placed(brief) ? 1 : 2, 2),
                Families.IN_ORDER,
                type(brief, knobs, 13, canvas.landscape() ? 16 : 20),
                new Stage(Ground.NONE, List.of(new Panel("frame", PanelKind.FRAME, frame, 0)), null));
    }

    private static double cornersFits(Brief brief) {
        boolean modern =
                brief.style() == Style.TECH || brief.style() == Style.MINIMALIST || brief.style() == Style.RETRO;
        return placed(brief) || Families.wide(brief) ? 0 : modern ? 0.85 : 0.35;
    }

    /** As a Swiss poster: the title at the upper left, facts at the lower left, what to do at the lower right. */
    private static Frame corners(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double cut = between(0.48, 0.62, knobs.cut());
        double gutter = 4 * canvas.unit();
        Rect left = new Rect(safe.x(), safe.y(), safe.w() * cut - gutter, safe.h());
        Rect right = new Rect(left.right() + gutter, safe.y(), safe.right() - left.right() - gutter, safe.h());
        Rect title = new Rect(safe.x(), safe.y(), safe.w() * between(0.8, 1, knobs.measure()), safe.h());
        Rect middle = new Rect(safe.x() + safe.w() * 0.1, safe.y() + safe.h() * 0.34, safe.w() * 0.9, safe.h() * 0.36);
        return new Frame(
                everywhere(canvas),
                false,
                List.of(
                        new Zone(title, TOP, Align.LEFT),
                        new Zone(left, BOTTOM, Align.LEFT),
                        new Zone(right, BOTTOM, Align.LEFT)),
                homes(2, 1, 2, 2),
                Map.of(),
                type(brief, knobs, 15, 24, Map.of(Role.DATE, 6.0, Role.FEATURE, 9.0)),
                new Stage(Ground.NONE, List.of(), middle));
    }

    private static double saleFits(Brief brief) {
        boolean price = brief.has(Role.FEATURE) && !placed(brief);
        return price && !Families.wide(brief) ? 1.15 : 0;
    }

    /** The price larger than the title, in a disc or bare. */
    private static Frame sale(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        boolean wide = canvas.landscape();
        double share = wide ? between(0.48, 0.6, knobs.cut()) : 1;
        Rect title = new Rect(safe.x(), safe.y(), safe.w() * share, safe.h());
        double upper = between(0.26, 0.36, knobs.rise());
        Rect price = wide
                ? new Rect(title.right(), safe.y(), safe.right() - title.right(), safe.h())
                : new Rect(safe.x(), safe.y() + safe.h() * upper, safe.w(), safe.h() * (0.82 - upper));
        boolean disc = Families.count(brief, Role.FEATURE) == 1 || knobs.measure() > 0.4;
        Align align = wide ? Align.LEFT : Align.CENTER;
        double largest = disc ? 15 : 24;
        return new Frame(
                everywhere(canvas),
                false,
                List.of(
                        new Zone(title, TOP, align),
                        new Zone(price, MIDDLE, Align.CENTER).with(disc ? Plate.BADGE : Plate.NONE),
                        new Zone(title, BOTTOM, align)),
                homes(1, 2, 2),
                Map.of(),
                type(brief, knobs, 13, wide ? 15 : 19, Map.of(Role.FEATURE, largest)),
                Stage.BARE);
    }
}
