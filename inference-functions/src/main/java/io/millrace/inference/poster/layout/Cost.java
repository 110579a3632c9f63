package io.millrace.inference.poster.layout;

import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.intent.TextItem;
import io.millrace.inference.poster.layout.Composer.Composed;
import io.millrace.inference.poster.layout.Layout.ArtShape;
import io.millrace.inference.poster.layout.Layout.Panel;
import io.millrace.inference.poster.layout.Layout.Slot;
import io.millrace.inference.poster.scene.Rect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the solver minimises, 0 (perfect) upwards: a weighted sum of terms between 0 and 1.
 *
 * <table>
 * <caption>Terms</caption>
 * <tr><th>term</th><th>weight</th><th>0 when</th></tr>
 * <tr><td>shrunk</td><td>.20</td><td>all texts have the size their role asks for</td></tr>
 * <tr><td>voice</td><td>.12</td><td>the headline is at least 19 hundredths of the shorter side</td></tr>
 * <tr><td>hierarchy</td><td>.14</td><td>the largest text is 1.6 times the second, and that 1.15 times the rest</td></tr>
 * <tr><td>ground</td><td>.08</td><td>small texts stand on a plain ground, where contrast is sure</td></tr>
 * <tr><td>grid</td><td>.10</td><td>left edges or axes fall together in at most two lines</td></tr>
 * <tr><td>balance</td><td>.08</td><td>ink is as heavy left as right, or leans to one side as a whole</td></tr>
 * <tr><td>order</td><td>.10</td><td>texts are read in the order of their roles</td></tr>
 * <tr><td>space</td><td>.14</td><td>text fills a fifth to a half of the margins and no stripe stays empty without a drawing</td></tr>
 * <tr><td>picture</td><td>.10</td><td>a window of the pattern is at least a fifth of the canvas</td></tr>
 * <tr><td>pattern</td><td>.20</td><td>where the pattern has no window, it or an accent is seen on three tenths of the canvas</td></tr>
 * <tr><td>crossing</td><td>.30</td><td>no text lies across the edge of a window</td></tr>
 * <tr><td>wishes</td><td>.30</td><td>every text stands in the third the user asked for</td></tr>
 * </table>
 *
 * Overlap and leaving the margins have no weight: {@link Composer} refuses them.
 */
final class Cost {
    private static final double VOICE = 19;
    /** Share of the canvas; with less, a pattern without a window is a plain sheet with stains. */
    private static final double LIVELY = 0.3;

    private final Layout layout;
    private final Brief brief;
    private final double scale;
    private final double unit;

    private Cost(Composed composed, Brief brief) {
        layout = composed.layout();
        this.brief = brief;
        scale = composed.scale();
        unit = brief.canvas().unit();
    }

    static double of(Composed composed, Brief brief) {
        Cost cost = new Cost(composed, brief);
        return 0.2 * (1 - Math.min(1, cost.scale))
                + 0.12 * cost.voice()
                + 0.14 * cost.hierarchy()
                + 0.08 * cost.ground()
                + 0.1 * cost.grid()
                + 0.08 * cost.balance()
                + 0.1 * cost.order()
                + 0.14 * cost.space()
                + 0.1 * cost.picture()
                + 0.2 * cost.pattern()
                + 0.3 * cost.crossing()
                + 0.3 * cost.wishes();
    }

    private double voice() {
        return layout.slot(Role.HEADLINE)
                .map(slot -> Math.max(0, 1 - slot.setting().size() / (VOICE * unit)))
                .orElse(0.3);
    }

    private double hierarchy() {
        double[] sizes = layout.slots().stream()
                .mapToDouble(slot -> -slot.setting().size())
                .sorted()
                .toArray();
        if (sizes.length < 2) {
            return 0;
        }
        double lead = Math.max(0, 1 - sizes[0] / sizes[1] / 1.6);
        boolean priced = layout.slots().stream()
                .anyMatch(slot -> slot.role() == Role.FEATURE && slot.setting().size() >= -sizes[0] - .01);
        boolean titled = layout.slot(Role.HEADLINE)
                .map(slot -> slot.setting().size() >= -sizes[0] - .01)
                .orElse(true);
        double wrong = titled || priced ? 0 : 0.5;
        double rest = sizes.length < 3 ? 0 : Math.max(0, 1 - sizes[1] / sizes[sizes.length - 1] / 1.15);
        return Math.min(1, lead + wrong + 0.3 * rest);
    }

    private double ground() {
        if (layout.art().shape() != ArtShape.FULL) {
            return 0;
        }
        long small = layout.slots().stream()
                .filter(slot -> slot.setting().size() < 5 * unit)
                .count();
        long bare = layout.slots().stream()
                .filter(slot -> slot.setting().size() < 5 * unit && slot.panel() == null)
                .count();
        return small == 0 ? 0 : bare / (double) small;
    }

    private double grid() {
        List<Double> lines = new ArrayList<>();
        for (Slot slot : layout.slots()) {
            boolean centred = slot.setting().align() == io.millrace.inference.poster.type.Align.CENTER;
            double line = centred ? slot.box().centerX() : slot.box().x();
            if (lines.stream().noneMatch(other -> Math.abs(other - line) < 1.2 * unit)) {
                lines.add(line);
            }
        }
        return Math.min(1, Math.max(0, lines.size() - 2) / 3.0);
    }

    private double balance() {
        double sum = 0;
        double moment = 0;
        double middle = brief.canvas().width() / 2.0;
        for (Slot slot : layout.slots()) {
            double ink = slot.box().area() * (slot.role() == Role.HEADLINE ? 1.4 : 1);
            sum += ink;
            moment += ink * (slot.box().centerX() - middle) / middle;
        }
        double lean = sum == 0 ? 0 : Math.abs(moment / sum);
        boolean answered = layout.art().shape() != ArtShape.FULL || layout.hero() != null;
        return Math.min(1, answered ? lean * 0.6 : lean * 1.4);
    }

    private double order() {
        int wrong = 0;
        int pairs = 0;
        List<Slot> slots = layout.slots();
        for (Slot first : slots) {
            for (Slot second : slots) {
                if (first.role().compareTo(second.role()) < 0) {
                    pairs++;
                    boolean after = first.box().y() > second.box().bottom()
                            && first.box().x() > second.box().x() - 20 * unit;
                    wrong += after ? 1 : 0;
                }
            }
        }
        return pairs == 0 ? 0 : wrong / (double) pairs;
    }

    private double space() {
        Rect safe = layout.safe();
        double ink =
                layout.slots().stream().mapToDouble(slot -> slot.box().area()).sum() / safe.area();
        double crowded = Math.max(0, ink - 0.5) * 2;
        double thin = Math.max(0, 0.16 - ink) * 3;
        boolean filled = layout.hero() != null || layout.art().shape() != ArtShape.FULL;
        double desert = Math.max(0, stripe() - (filled ? 0.45 : 0.36)) * 2.2;
        return Math.min(1, crowded + thin + desert);
    }

    private double picture() {
        if (layout.art().shape() == ArtShape.FULL) {
            return 0;
        }
        double share = layout.art().box().area()
                / (brief.canvas().width() * (double) brief.canvas().height());
        return Math.max(0, 1 - share / 0.22);
    }

    private double pattern() {
        return layout.art().shape() == ArtShape.FULL
                ? Math.max(0, 1 - QuietGround.of(layout, brief.canvas()).lively(layout.panels()) / LIVELY)
                : 0;
    }

    private double crossing() {
        Rect window = layout.art().box();
        if (layout.art().shape() == ArtShape.FULL || layout.slots().isEmpty()) {
            return 0;
        }
        boolean round = layout.art().shape() == ArtShape.CIRCLE;
        long across = layout.slots().stream()
                .map(slot -> slot.box().grown(1.5 * unit))
                .filter(box -> round ? touches(window, box) : window.overlaps(box) && !window.holds(box))
                .count();
        return across / (double) layout.slots().size();
    }

    private static boolean touches(Rect circle, Rect box) {
        return box.distance(circle.centerX(), circle.centerY()) < circle.w() / 2;
    }

    /** The tallest stripe without text or card, as a share of the height. */
    private double stripe() {
        List<Rect> boxes =
                new ArrayList<>(layout.slots().stream().map(Slot::box).toList());
        layout.panels().stream()
                .filter(panel -> panel.ground() && panel.kind() != Layout.PanelKind.PLANE)
                .map(Panel::box)
                .forEach(boxes::add);
        boxes.sort((a, b) -> Double.compare(a.y(), b.y()));
        double reached = 0;
        double widest = 0;
        for (Rect box : boxes) {
            widest = Math.max(widest, box.y() - reached);
            reached = Math.max(reached, box.bottom());
        }
        return Math.max(widest, brief.canvas().height() - reached)
                / brief.canvas().height();
    }

    private double wishes() {
        int[] asked = new int[2];
        for (TextItem text : brief.texts()) {
            if (text.position() == null) {
                continue;
            }
            layout.slots().stream().filter(slot -> slot.id().equals(text.id())).forEach(slot -> {
                double y = slot.box().centerY() / brief.canvas().height();
                boolean there = switch (text.position()) {
                    case TOP -> y < 0.43;
                    case CENTER -> y > 0.25 && y < 0.75;
                    case BOTTOM -> y > 0.57;
                };
                asked[there ? 1 : 0]++;
            });
        }
        int all = Arrays.stream(asked).sum();
        return all == 0 ? 0 : asked[0] / (double) all;
    }
}
