package io.millrace.inference.poster.layout;

import static io.millrace.inference.poster.layout.Families.everywhere;
import static io.millrace.inference.poster.layout.Families.homes;
import static io.millrace.inference.poster.layout.Families.placed;
import static io.millrace.inference.poster.layout.Families.safe;
import static io.millrace.inference.poster.layout.Families.type;
import static io.millrace.inference.poster.layout.Frame.Anchor.BOTTOM;
import static io.millrace.inference.poster.layout.Frame.Anchor.MIDDLE;
import static io.millrace.inference.poster.layout.Frame.Anchor.TOP;
import static io.millrace.inference.poster.layout.Knobs.between;

import io.millrace.inference.poster.Occasion;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.layout.Families.Family;
import io.millrace.inference.poster.layout.Frame.Ground;
import io.millrace.inference.poster.layout.Frame.Plate;
import io.millrace.inference.poster.layout.Frame.Stage;
import io.millrace.inference.poster.layout.Frame.Zone;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Align;
import java.util.List;
import java.util.Map;

/** Compositions made for an occasion: a date in a block, a list of jobs, a ticket, a banner. */
final class OccasionFamilies {
    static final List<Family> ALL = List.of(
            new Family("event", OccasionFamilies::eventFits, OccasionFamilies::event),
            new Family("recruitment", OccasionFamilies::recruitmentFits, OccasionFamilies::recruitment),
            new Family("ticket", OccasionFamilies::ticketFits, OccasionFamilies::ticket),
            new Family("banner", brief -> Families.wide(brief) ? 1.2 : 0, OccasionFamilies::banner));

    private OccasionFamilies() {}

    private static double eventFits(Brief brief) {
        boolean dated = brief.has(Role.DATE) && !placed(brief) && !Families.wide(brief);
        return dated ? 1.1 : 0;
    }

    /** The date in a block of its own, as on a calendar. */
    private static Frame event(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        boolean wide = canvas.landscape();
        double share = wide ? between(0.56, 0.68, knobs.cut()) : 1;
        Rect title = new Rect(safe.x(), safe.y(), safe.w() * share, safe.h());
        Rect side = wide
                ? new Rect(
                        title.right() + 3 * canvas.unit(),
                        safe.y(),
                        safe.right() - title.right() - 3 * canvas.unit(),
                        safe.h())
                : new Rect(safe.x(), safe.y() + safe.h() * between(0.34, 0.5, knobs.rise()), safe.w(), safe.h() * 0.3);
        Rect hero = wide ? null : new Rect(safe.x() + safe.w() * 0.3, side.y(), safe.w() * 0.7, safe.h() * 0.34);
        return new Frame(
                everywhere(canvas),
                false,
                List.of(
                        new Zone(title, TOP, Align.LEFT),
                        new Zone(side, wide ? MIDDLE : TOP, Align.LEFT).with(Plate.BLOCK),
                        new Zone(title, BOTTOM, Align.LEFT)),
                homes(2, 2, 2, 1),
                Map.of(),
                type(brief, knobs, 13, wide ? 16 : 21, Map.of(Role.DATE, between(7, 10, knobs.measure()))),
                new Stage(Ground.NONE, List.of(), hero));
    }

    private static double recruitmentFits(Brief brief) {
        boolean list = Families.count(brief, Role.BODY) >= 2 && !placed(brief) && !Families.wide(brief);
        if (!list) {
            return 0;
        }
        return brief.occasion() == Occasion.RECRUIT || brief.occasion() == Occasion.EDUCATION ? 1.05 : 0.5;
    }

    /** Title, then the list on a card of its own, then what to do. */
    private static Frame recruitment(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        boolean wide = canvas.landscape();
        double cut = between(0.46, 0.56, knobs.cut());
        Rect left = wide ? new Rect(safe.x(), safe.y(), safe.w() * cut, safe.h()) : safe;
        Rect bleed = Families.bleed(canvas).grown(-2.6 * canvas.unit());
        double listTop = safe.y() + safe.h() * between(0.3, 0.42, knobs.rise());
        Rect list = wide
                ? new Rect(
                        left.right() + 5 * canvas.unit(),
                        safe.y(),
                        safe.right() - left.right() - 5 * canvas.unit(),
                        safe.h())
                : new Rect(bleed.x(), listTop, bleed.w(), safe.y() + safe.h() * 0.86 - listTop);
        return new Frame(
                everywhere(canvas),
                false,
                List.of(
                        new Zone(left, TOP, Align.LEFT),
                        new Zone(list, MIDDLE, Align.LEFT).with(Plate.CARD),
                        new Zone(left, BOTTOM, Align.LEFT)),
                homes(1, 1, 2),
                Map.of(),
                type(brief, knobs, 13, wide ? 16 : 20, Map.of(Role.BODY, 4.6)),
                Stage.BARE);
    }

    private static double ticketFits(Brief brief) {
        boolean suits = brief.occasion() == Occasion.EVENT || brief.occasion() == Occasion.PROMO;
        return suits && !placed(brief) && !brief.canvas().landscape() ? 0.75 : 0;
    }

    /** A ticket with notches over the lower part. */
    private static Frame ticket(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        Rect plate = Families.bleed(canvas).grown(-2.6 * canvas.unit());
        Rect middle = new Rect(safe.x(), safe.y() + safe.h() * 0.24, safe.w(), safe.h() * 0.36);
        return new Frame(
                everywhere(canvas),
                false,
                List.of(new Zone(safe, TOP, Align.CENTER), new Zone(plate, BOTTOM, Align.CENTER).with(Plate.TICKET)),
                homes(1, 1, 1),
                Map.of(),
                type(brief, knobs, 14, 22),
                new Stage(Ground.NONE, List.of(), middle));
    }

    /** One row: title on the left, offer in the middle, what to do on the right. */
    private static Frame banner(Brief brief, Knobs knobs) {
        Brief.Canvas canvas = brief.canvas();
        Rect safe = safe(canvas);
        double cut = between(0.5, 0.64, knobs.cut());
        Rect left = new Rect(safe.x(), safe.y(), safe.w() * cut, safe.h());
        Rect right = new Rect(
                left.right() + 5 * canvas.unit(), safe.y(), safe.right() - left.right() - 5 * canvas.unit(), safe.h());
        return new Frame(
                everywhere(canvas),
                false,
                List.of(new Zone(left, MIDDLE, Align.LEFT), new Zone(right, MIDDLE, Align.LEFT)),
                homes(1, 1, 1),
                Map.of(),
                type(
                        brief,
                        knobs,
                        16,
                        26,
                        Map.of(
                                Role.SUBTITLE,
                                6.4,
                                Role.FEATURE,
                                12.0,
                                Role.BODY,
                                5.0,
                                Role.CTA,
                                5.4,
                                Role.FOOTER,
                                4.0,
                                Role.DATE,
                                6.4)),
                Stage.BARE);
    }
}
