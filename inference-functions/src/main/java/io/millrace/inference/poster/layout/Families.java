package io.millrace.inference.poster.layout;

import static io.millrace.inference.poster.layout.Frame.Anchor.BOTTOM;
import static io.millrace.inference.poster.layout.Frame.Anchor.MIDDLE;
import static io.millrace.inference.poster.layout.Frame.Anchor.TOP;

import io.millrace.inference.poster.Occasion;
import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.Position;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.layout.Frame.Ground;
import io.millrace.inference.poster.layout.Frame.Zone;
import io.millrace.inference.poster.layout.Layout.Art;
import io.millrace.inference.poster.layout.Layout.ArtShape;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Align;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The compositions a poster can have. Each is a way to divide the canvas; sizes and texts come later. */
final class Families {
    private static final Map<Position, Integer> IN_ORDER =
            Map.of(Position.TOP, 0, Position.CENTER, 1, Position.BOTTOM, 2);

    private Families() {}

    /**
     * @param affinity how well it becomes a brief, 0 (not at all) to 1
     */
    record Family(String name, ToDoubleFunction<Brief> affinity, Function<Brief, Frame> frame) {}

    static final List<Family> ALL = List.of(
            new Family("editorial", Families::editorialFits, Families::editorial),
            new Family("axis", Families::axisFits, Families::axis),
            new Family("masthead", Families::mastheadFits, Families::masthead),
            new Family("sheet", Families::sheetFits, Families::sheet),
            new Family("invitation", Families::invitationFits, Families::invitation),
            new Family("arch", Families::archFits, Families::arch),
            new Family("disc", Families::discFits, Families::disc),
            new Family("split", Families::splitFits, Families::split),
            new Family("columns", Families::columnsFits, Families::columns));

    static double margin(Brief.Canvas canvas) {
        return canvas.unit() * (canvas.landscape() ? 9 : 8.5);
    }

    static Rect safe(Brief.Canvas canvas) {
        return whole(canvas).grown(-margin(canvas));
    }

    private static Rect whole(Brief.Canvas canvas) {
        return new Rect(0, 0, canvas.width(), canvas.height());
    }

    private static Art everywhere(Brief.Canvas canvas) {
        return new Art(ArtShape.FULL, whole(canvas));
    }

    private static boolean placed(Brief brief) {
        return brief.texts().stream().anyMatch(text -> text.position() != null);
    }

    private static boolean placed(Brief brief, Position position) {
        return brief.texts().stream().anyMatch(text -> text.position() == position);
    }

    /** A single fact is read with the title; more of them have a place of their own. */
    private static long facts(Brief brief) {
        return brief.texts().stream()
                .filter(text -> text.role() == Role.BODY || text.role() == Role.FEATURE)
                .count();
    }

    /** Titles in the first zone, facts in the second, what to do in the third. */
    private static Map<Role, Integer> homes(int feature, int body, int end) {
        Map<Role, Integer> homes = new EnumMap<>(Role.class);
        for (Role role : List.of(Role.BRAND, Role.KICKER, Role.HEADLINE, Role.SUBTITLE)) {
            homes.put(role, 0);
        }
        homes.put(Role.FEATURE, feature);
        homes.put(Role.BODY, body);
        homes.put(Role.CTA, end);
        homes.put(Role.FOOTER, end);
        return homes;
    }

    private static List<Zone> stack(Rect column, double titleTop, Align align, boolean card) {
        Rect title = new Rect(column.x(), titleTop, column.w(), column.bottom() - titleTop);
        return List.of(
                new Zone(title, TOP, align, false),
                new Zone(column, MIDDLE, align, card),
                new Zone(column, BOTTOM, align, false));
    }

    private static double editorialFits(Brief brief) {
        return brief.style() == Style.CARTOON ? 0.45 : 0.85;
    }

    /** Everything on the left edge of the margin, the pattern runs free in the middle. */
    private static Frame editorial(Brief brief) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        Rect column = canvas.landscape() ? new Rect(safe.x(), safe.y(), safe.w() * 0.66, safe.h()) : safe;
        double top = canvas.portrait() ? canvas.height() * 0.15 : safe.y();
        return new Frame(
                everywhere(canvas),
                false,
                stack(column, top, Align.LEFT, false),
                homes(1, 2, 2),
                IN_ORDER,
                canvas.landscape() ? 16 : 18.5,
                Ground.NONE);
    }

    private static double axisFits(Brief brief) {
        return brief.style() == Style.CARTOON || brief.occasion() == Occasion.FESTIVAL ? 0.9 : 0.6;
    }

    /** Centred from top to bottom, facts on a card. */
    private static Frame axis(Brief brief) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        Rect column = canvas.landscape() ? safe.grown(-safe.w() * 0.12, 0) : safe;
        double top = canvas.portrait() ? canvas.height() * 0.13 : safe.y();
        long facts = facts(brief);
        boolean card = facts >= 2 && brief.style() != Style.MINIMALIST;
        return new Frame(
                everywhere(canvas),
                false,
                stack(column, top, Align.CENTER, card),
                homes(1, facts > 1 || placed(brief) ? 1 : 0, 2),
                IN_ORDER,
                canvas.landscape() ? 14.5 : 19,
                Ground.NONE);
    }

    private static double mastheadFits(Brief brief) {
        return placed(brief) ? 0 : 0.75;
    }

    /** The pattern above, all words rise from the lower left. */
    private static Frame masthead(Brief brief) {
        Rect safe = safe(brief.canvas());
        Rect column = brief.canvas().landscape() ? new Rect(safe.x(), safe.y(), safe.w() * 0.72, safe.h()) : safe;
        return new Frame(
                everywhere(brief.canvas()),
                false,
                List.of(new Zone(column, BOTTOM, Align.LEFT, false)),
                homes(0, 0, 0),
                Map.of(),
                brief.canvas().landscape() ? 15 : 19,
                Ground.NONE);
    }

    private static double sheetFits(Brief brief) {
        return placed(brief) || brief.canvas().landscape() ? 0 : 0.8;
    }

    /** A sheet of paper over the lower part carries all words. */
    private static Frame sheet(Brief brief) {
        Brief.Canvas canvas = brief.canvas();
        Align align = brief.style() == Style.CARTOON ? Align.CENTER : Align.LEFT;
        return new Frame(
                everywhere(canvas),
                false,
                List.of(new Zone(safe(canvas), BOTTOM, align, false)),
                homes(0, 0, 0),
                Map.of(),
                canvas.portrait() ? 17 : 13,
                Ground.SHEET);
    }

    private static double invitationFits(Brief brief) {
        double liking = brief.occasion() == Occasion.FESTIVAL || brief.occasion() == Occasion.EVENT ? 0.85 : 0.5;
        return brief.style() == Style.BUSINESS ? liking - 0.1 : liking;
    }

    /** A card in the middle, the pattern around it like wrapping paper. */
    private static Frame invitation(Brief brief) {
        Brief.Canvas canvas = brief.canvas();
        double unit = canvas.unit();
        double side = canvas.landscape() ? canvas.width() * 0.17 : 9 * unit;
        double above = canvas.portrait() ? canvas.height() * 0.13 : 9 * unit;
        Rect card = whole(canvas).grown(-side, -above);
        Rect column = card.grown(-8 * unit, -8 * unit);
        return new Frame(
                everywhere(canvas),
                false,
                stack(column, column.y(), Align.CENTER, false),
                homes(1, facts(brief) > 1 || placed(brief) ? 1 : 0, 2),
                IN_ORDER,
                canvas.portrait() ? 15 : 12,
                Ground.FIXED_CARD);
    }

    private static double archFits(Brief brief) {
        boolean fits = brief.canvas().portrait() && !placed(brief, Position.CENTER);
        if (!fits || brief.style() == Style.BUSINESS) {
            return 0;
        }
        return brief.style() == Style.MINIMALIST ? 1 : 0.55;
    }

    /** Words above and below, the pattern seen through an arch between them. */
    private static Frame arch(Brief brief) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        Art window = new Art(ArtShape.ARCH, safe.grown(-safe.w() * 0.13, 0));
        return new Frame(
                window,
                true,
                List.of(new Zone(safe, TOP, Align.CENTER, false), new Zone(safe, BOTTOM, Align.CENTER, false)),
                homes(1, 1, 1),
                Map.of(Position.TOP, 0, Position.BOTTOM, 1),
                15.5,
                Ground.NONE);
    }

    private static double discFits(Brief brief) {
        if (brief.style() == Style.BUSINESS) {
            return 0;
        }
        return brief.style() == Style.MINIMALIST ? 0.95 : 0.4;
    }

    /** Words on plain ground, the pattern in a circle that leaves the canvas on the right. */
    private static Frame disc(Brief brief) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double width = canvas.width();
        double height = canvas.height();
        double radius;
        double x;
        double y;
        Rect column = safe;
        if (canvas.landscape()) {
            radius = height * 0.43;
            x = width - radius * 0.86;
            y = height * 0.5;
            column = new Rect(safe.x(), safe.y(), x - radius - safe.x() - 5 * canvas.unit(), safe.h());
        } else {
            radius = canvas.portrait() ? width * 0.41 : width * 0.31;
            x = width - radius * 0.8;
            y = canvas.portrait() ? height * 0.55 : height * 0.62;
        }
        Rect circle = new Rect(x - radius, y - radius, 2 * radius, 2 * radius);
        return new Frame(
                new Art(ArtShape.CIRCLE, circle),
                false,
                stack(column, canvas.portrait() ? height * 0.1 : safe.y(), Align.LEFT, false),
                homes(2, 2, 2),
                IN_ORDER,
                canvas.landscape() ? 14 : 16.5,
                Ground.NONE);
    }

    private static double splitFits(Brief brief) {
        return brief.canvas().landscape() ? 0.9 : 0;
    }

    /** Plain ground with words on the left, the pattern fills the right. */
    private static Frame split(Brief brief) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double cut = canvas.width() * 0.56;
        Rect column = new Rect(safe.x(), safe.y(), cut - safe.x() - margin(canvas) * 0.7, safe.h());
        Art right = new Art(ArtShape.RECT, new Rect(cut, 0, canvas.width() - cut, canvas.height()));
        return new Frame(
                right, false, stack(column, safe.y(), Align.LEFT, false), homes(2, 2, 2), IN_ORDER, 15, Ground.NONE);
    }

    private static double columnsFits(Brief brief) {
        boolean facts = brief.has(Role.BODY) || brief.has(Role.FEATURE);
        return brief.canvas().landscape() && facts && !placed(brief) ? 0.85 : 0;
    }

    /** Title on the left, facts on a card on the right. */
    private static Frame columns(Brief brief) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        Rect left = new Rect(safe.x(), safe.y(), safe.w() * 0.54, safe.h());
        Rect right = new Rect(safe.x() + safe.w() * 0.62, safe.y(), safe.w() * 0.38, safe.h());
        return new Frame(
                everywhere(canvas),
                false,
                List.of(new Zone(left, MIDDLE, Align.LEFT, false), new Zone(right, MIDDLE, Align.LEFT, true)),
                homes(1, 1, 1),
                Map.of(),
                16,
                Ground.NONE);
    }
}
