package io.millrace.inference.poster.layout;

import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.intent.TextItem;
import io.millrace.inference.poster.layout.Composer.Composed;
import io.millrace.inference.poster.layout.Layout.Slot;
import java.util.SplittableRandom;

/** How good a layout is, 0 to 1: size kept, hierarchy, even spread, wishes honoured, fitness for the brief, and a grain of chance. */
final class LayoutScore {
    private static final double IDEAL_HEADLINE = 15;

    private LayoutScore() {}

    static double of(Composed composed, Brief brief, double affinity) {
        Layout layout = composed.layout();
        double score = 0.2 * Math.min(1, composed.scale());
        score += 0.15 * headline(layout, brief);
        score += 0.1 * hierarchy(layout);
        score += 0.15 * spread(layout, brief);
        score += 0.15 * wishes(layout, brief);
        score += 0.15 * affinity;
        score += 0.1 * chance(brief.canvas().seed(), layout.family());
        return score;
    }

    /** A headline the eye finds first. */
    private static double headline(Layout layout, Brief brief) {
        return layout.slot(Role.HEADLINE)
                .map(slot -> Math.min(
                        1,
                        slot.setting().size() / (IDEAL_HEADLINE * brief.canvas().unit())))
                .orElse(0.5);
    }

    /** The headline should be half as large again as the next text. */
    private static double hierarchy(Layout layout) {
        double first =
                layout.slot(Role.HEADLINE).map(slot -> slot.setting().size()).orElse(0.0);
        double second = layout.slots().stream()
                .filter(slot -> slot.role() != Role.HEADLINE)
                .mapToDouble(slot -> slot.setting().size())
                .max()
                .orElse(first / 2);
        return Math.min(1, first / second / 1.5);
    }

    /** No desert: the widest empty stripe from top to bottom should stay under half of the height. */
    private static double spread(Layout layout, Brief brief) {
        double height = brief.canvas().height();
        double[] edges = layout.slots().stream()
                .mapToDouble(slot -> slot.box().centerY())
                .sorted()
                .toArray();
        double last = 0;
        double widest = 0;
        for (double edge : edges) {
            widest = Math.max(widest, edge - last);
            last = edge;
        }
        widest = Math.max(widest, height - last) / height;
        return Math.max(0, 1 - Math.max(0, widest - 0.35) / 0.5);
    }

    /** Share of the texts that stand in the third of the canvas the user asked for, give or take a tenth. */
    private static double wishes(Layout layout, Brief brief) {
        int asked = 0;
        int honoured = 0;
        for (TextItem text : brief.texts()) {
            if (text.position() == null) {
                continue;
            }
            for (Slot slot : layout.slots()) {
                if (slot.id().equals(text.id())) {
                    asked++;
                    double y = slot.box().centerY() / brief.canvas().height();
                    honoured += switch (text.position()) {
                        case TOP -> y < 0.43 ? 1 : 0;
                        case CENTER -> y > 0.25 && y < 0.75 ? 1 : 0;
                        case BOTTOM -> y > 0.57 ? 1 : 0;
                    };
                }
            }
        }
        return asked == 0 ? 1 : honoured / (double) asked;
    }

    private static double chance(long seed, String family) {
        return new SplittableRandom(seed * 31 + family.hashCode()).nextDouble();
    }
}
