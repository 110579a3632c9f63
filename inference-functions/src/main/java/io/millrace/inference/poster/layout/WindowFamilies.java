package io.millrace.inference.poster.layout;

import static io.millrace.inference.poster.layout.Families.homes;
import static io.millrace.inference.poster.layout.Families.placed;
import static io.millrace.inference.poster.layout.Families.safe;
import static io.millrace.inference.poster.layout.Families.type;
import static io.millrace.inference.poster.layout.Frame.Anchor.BOTTOM;
import static io.millrace.inference.poster.layout.Frame.Anchor.MIDDLE;
import static io.millrace.inference.poster.layout.Frame.Anchor.TOP;
import static io.millrace.inference.poster.layout.Knobs.between;

import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.Position;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.layout.Families.Family;
import io.millrace.inference.poster.layout.Frame.Ground;
import io.millrace.inference.poster.layout.Frame.Stage;
import io.millrace.inference.poster.layout.Frame.Zone;
import io.millrace.inference.poster.layout.Layout.Art;
import io.millrace.inference.poster.layout.Layout.ArtShape;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Align;
import java.util.List;
import java.util.Map;

/** Compositions that show the pattern through a window; words stand on plain ground. */
final class WindowFamilies {
    static final List<Family> ALL = List.of(
            new Family("arch", WindowFamilies::archFits, WindowFamilies::arch),
            new Family("disc", WindowFamilies::discFits, WindowFamilies::disc),
            new Family("split", brief -> brief.canvas().landscape() ? 0.95 : 0, WindowFamilies::split),
            new Family("header", WindowFamilies::headerFits, WindowFamilies::header),
            new Family("gallery", WindowFamilies::galleryFits, WindowFamilies::gallery),
            new Family("sidebar", WindowFamilies::sidebarFits, WindowFamilies::sidebar));

    private WindowFamilies() {}

    private static double archFits(Brief brief) {
        boolean fits = brief.canvas().portrait() && !placed(brief, Position.CENTER);
        if (!fits) {
            return 0;
        }
        return switch (brief.style()) {
            case MINIMALIST -> 0.95;
            case ELEGANT, CHINESE, RETRO -> 0.7;
            case CARTOON -> 0.5;
            case BUSINESS, TECH -> 0;
        };
    }

    /** Words above and below, the pattern seen through an arch between them. */
    private static Frame arch(Brief brief, Knobs knobs) {
        Rect safe = safe(brief.canvas());
        Art window = new Art(ArtShape.ARCH, safe.grown(-safe.w() * between(0.06, 0.18, knobs.measure()), 0));
        return new Frame(
                window,
                true,
                List.of(new Zone(safe, TOP, Align.CENTER), new Zone(safe, BOTTOM, Align.CENTER)),
                homes(1, 1, 1),
                Map.of(Position.TOP, 0, Position.BOTTOM, 1),
                type(brief, knobs, 13, 18),
                Stage.BARE);
    }

    private static double discFits(Brief brief) {
        return switch (brief.style()) {
            case MINIMALIST -> 0.95;
            case ELEGANT, RETRO, CHINESE -> 0.6;
            case CARTOON -> 0.4;
            case BUSINESS, TECH -> 0.3;
        };
    }

    /** Words on plain ground, the pattern in a circle that leaves the canvas on the right. */
    private static Frame disc(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double width = canvas.width();
        double height = canvas.height();
        double radius;
        double x;
        double y;
        Rect column = safe;
        if (canvas.landscape()) {
            radius = height * between(0.38, 0.48, knobs.cut());
            x = width - radius * 0.86;
            y = height * 0.5;
            column = new Rect(safe.x(), safe.y(), x - radius - safe.x() - 5 * canvas.unit(), safe.h());
        } else {
            radius = width * (canvas.portrait() ? between(0.36, 0.5, knobs.cut()) : between(0.26, 0.34, knobs.cut()));
            x = width - radius * between(0.7, 0.95, knobs.measure());
            y = canvas.portrait() ? height * between(0.5, 0.58, knobs.rise()) : height * 0.62;
        }
        Rect circle = new Rect(x - radius, y - radius, 2 * radius, 2 * radius);
        return new Frame(
                new Art(ArtShape.CIRCLE, circle),
                false,
                Families.stack(column, canvas.portrait() ? height * 0.07 : safe.y(), Align.LEFT, Frame.Plate.NONE),
                homes(2, 2, 2),
                Families.IN_ORDER,
                type(brief, knobs, 12, canvas.landscape() ? 15 : 18),
                Stage.BARE);
    }

    /** Plain ground with words on one side, the pattern fills the other. */
    private static Frame split(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double cut = canvas.width() * between(0.48, 0.62, knobs.cut());
        boolean mirrored = knobs.measure() > 0.7;
        double gap = Families.margin(canvas) * 0.8;
        Rect column = mirrored
                ? new Rect(canvas.width() - cut + gap, safe.y(), safe.right() - canvas.width() + cut - gap, safe.h())
                : new Rect(safe.x(), safe.y(), cut - safe.x() - gap, safe.h());
        Rect art = mirrored
                ? new Rect(0, 0, canvas.width() - cut, canvas.height())
                : new Rect(cut, 0, canvas.width() - cut, canvas.height());
        return new Frame(
                new Art(ArtShape.RECT, art),
                false,
                Families.stack(column, safe.y(), Align.LEFT, Frame.Plate.NONE),
                homes(2, 2, 2),
                Families.IN_ORDER,
                type(brief, knobs, 11, 16),
                Stage.BARE);
    }

    private static double headerFits(Brief brief) {
        return brief.canvas().landscape() || placed(brief) ? 0 : 0.85;
    }

    /** The pattern above from edge to edge, words on plain ground below, facts and what to do side by side. */
    private static Frame header(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double cut = canvas.height()
                * (canvas.portrait() ? between(0.4, 0.54, knobs.cut()) : between(0.34, 0.44, knobs.cut()));
        double top = cut + 7 * canvas.unit();
        Rect below = new Rect(safe.x(), top, safe.w(), safe.bottom() - top);
        boolean centred = brief.style() == Style.CARTOON || brief.style() == Style.CHINESE;
        Align align = centred ? Align.CENTER : Align.LEFT;
        Rect art = new Rect(0, 0, canvas.width(), cut);
        return new Frame(
                new Art(ArtShape.RECT, art),
                false,
                List.of(new Zone(below, TOP, align), new Zone(below, BOTTOM, align)),
                homes(0, 0, 1),
                Map.of(),
                type(brief, knobs, 12, 18),
                new Stage(Ground.NONE, List.of(), art.grown(-5 * canvas.unit())));
    }

    private static double galleryFits(Brief brief) {
        if (brief.canvas().landscape() || placed(brief)) {
            return 0;
        }
        return Families.quiet(brief) ? 0.9 : 0.4;
    }

    /** As in a gallery: a picture with wide margins, the title small below. */
    private static Frame gallery(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double side = between(0, 6, knobs.measure()) * canvas.unit();
        Art window = new Art(ArtShape.RECT, safe.grown(-side, 0));
        return new Frame(
                window,
                true,
                List.of(new Zone(safe, TOP, Align.LEFT), new Zone(safe, BOTTOM, Align.LEFT)),
                Map.of(
                        Role.BRAND,
                        0,
                        Role.KICKER,
                        0,
                        Role.HEADLINE,
                        1,
                        Role.SUBTITLE,
                        1,
                        Role.FEATURE,
                        1,
                        Role.DATE,
                        1,
                        Role.BODY,
                        1,
                        Role.CTA,
                        1,
                        Role.FOOTER,
                        1),
                Map.of(),
                type(brief, knobs, 10, 15),
                Stage.BARE);
    }

    private static double sidebarFits(Brief brief) {
        return brief.canvas().landscape() || placed(brief) || brief.style() == Style.CARTOON ? 0 : 0.45;
    }

    /** A strip of pattern along the right edge. */
    private static Frame sidebar(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double cut = canvas.width() * between(0.62, 0.76, knobs.cut());
        Rect column = new Rect(safe.x(), safe.y(), cut - safe.x() - 5 * canvas.unit(), safe.h());
        Rect upper =
                new Rect(column.x(), column.y() + column.h() * between(0, 0.12, knobs.rise()), column.w(), column.h());
        return new Frame(
                new Art(ArtShape.RECT, new Rect(cut, 0, canvas.width() - cut, canvas.height())),
                false,
                List.of(
                        new Zone(
                                new Rect(upper.x(), upper.y(), upper.w(), column.bottom() - upper.y()),
                                TOP,
                                Align.LEFT),
                        new Zone(column, MIDDLE, Align.LEFT),
                        new Zone(column, BOTTOM, Align.LEFT)),
                homes(1, 1, 2),
                Families.IN_ORDER,
                type(brief, knobs, 12, 19),
                Stage.BARE);
    }
}
