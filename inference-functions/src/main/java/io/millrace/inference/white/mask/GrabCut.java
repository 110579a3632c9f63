package io.millrace.inference.white.mask;

import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import java.util.Arrays;

/**
 * GrabCut (Rother, Kolmogorov and Blake, "GrabCut: Interactive Foreground Extraction using Iterated Graph Cuts", SIGGRAPH 2004). The
 * rectangle that a person draws there is worked out here: what differs from the {@link Backdrop} begins as subject. Soft shadows on
 * the ground say nothing either way; the cut then runs along the sharp edge of the subject.
 */
final class GrabCut {
    private static final int ROUNDS = 4;
    private static final double GAMMA = 40;
    private static final double SURE = 400;
    /** Steps of L*a*b* a pixel must differ from the ground to begin as subject. */
    private static final double LEAST = 4;

    private static final double MAX_SHADOW = 40;
    private static final double MAX_SHADOW_TINT = 7;
    private static final double MAX_SHADOW_SLOPE = 6;

    private final Lab picture;
    private Backdrop backdrop;
    private final boolean[] allowed;
    private boolean[] shadow;

    /**
     * Looks at a picture.
     *
     * @param smooth the same without grain, to compare with the ground: a white label on a nearly white ground differs by less
     * @param allowed where the subject may be
     */
    GrabCut(Lab picture, Lab smooth, boolean[] allowed) {
        this.picture = picture;
        this.backdrop = Backdrop.of(smooth);
        this.allowed = allowed;
        this.shadow = shadows();
    }

    /** Whether each pixel belongs to the subject; all false when nothing stands out. */
    boolean[] cut(PhaseContext context) throws PhaseFailure {
        boolean[] subject = first();
        double beta = beta();
        for (int round = 0; round < ROUNDS && count(subject) > 0; round++) {
            context.checkWanted();
            context.tick(0.1 + 0.15 * round, "cut " + (round + 1) + " of " + ROUNDS);
            boolean[] next = cut(subject, beta);
            if (count(next) == 0) {
                return subject;
            }
            boolean same = Arrays.equals(subject, next);
            subject = next;
            if (same) {
                break;
            }
            backdrop = backdrop.knowing(not(subject));
            shadow = shadows();
        }
        return subject;
    }

    static int count(boolean[] marks) {
        int count = 0;
        for (boolean mark : marks) {
            count += mark ? 1 : 0;
        }
        return count;
    }

    private static boolean[] not(boolean[] marks) {
        boolean[] others = new boolean[marks.length];
        for (int i = 0; i < others.length; i++) {
            others[i] = !marks[i];
        }
        return others;
    }

    private double threshold() {
        return Math.max(LEAST, 3.2 * backdrop.spread());
    }

    private boolean[] first() {
        boolean[] subject = new boolean[picture.count()];
        boolean[] withShadows = new boolean[picture.count()];
        for (int i = 0; i < subject.length; i++) {
            withShadows[i] = allowed[i] && backdrop.distance(i) > threshold();
            subject[i] = withShadows[i] && !shadow[i];
        }
        // A grey thing on a grey ground looks like nothing but shadow: then all of it is the subject.
        return count(subject) * 8L < count(withShadows) ? withShadows : subject;
    }

    /** Darker than the ground, of its tint, and without an edge. */
    private boolean[] shadows() {
        boolean[] shadows = new boolean[picture.count()];
        for (int i = 0; i < shadows.length; i++) {
            double[] ground = backdrop.ground(i);
            double darker = ground[0] - picture.light(i);
            // Half the light is the same colour with L* + 16, a* and b* all multiplied by the cube root of one half.
            double dimmed = (picture.light(i) + 16) / (ground[0] + 16);
            double tint = Math.hypot(picture.a(i) - dimmed * ground[1], picture.b(i) - dimmed * ground[2]);
            shadows[i] = darker > 0 && darker < MAX_SHADOW && tint < MAX_SHADOW_TINT && slope(i) < MAX_SHADOW_SLOPE;
        }
        return shadows;
    }

    private double slope(int index) {
        int width = picture.width();
        int x = index % width;
        int y = index / width;
        double across = picture.light(x + 1 < width ? index + 1 : index) - picture.light(x > 0 ? index - 1 : index);
        double down = picture.light(y + 1 < picture.height() ? index + width : index)
                - picture.light(y > 0 ? index - width : index);
        return Math.hypot(across, down) / 2;
    }

    /** One over twice the mean square between neighbours, as GrabCut defines it. */
    private double beta() {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < picture.count(); i++) {
            if (i % picture.width() + 1 < picture.width()) {
                sum += picture.squareBetween(i, i + 1);
                pairs++;
            }
            if (i + picture.width() < picture.count()) {
                sum += picture.squareBetween(i, i + picture.width());
                pairs++;
            }
        }
        return 1 / (2 * Math.max(0.5, sum / pairs));
    }

    private boolean[] cut(boolean[] subject, double beta) {
        Mixture ofSubject = Mixture.fit(picture, subject);
        Mixture ofGround = Mixture.fit(picture, not(subject));
        Cut cut = new Cut(picture.width(), picture.height());
        for (int i = 0; i < subject.length; i++) {
            cut.pull(i, (float) pull(i, ofSubject, ofGround));
            for (int way = 0; way < 4; way++) {
                int other = cut.neighbour(i, way);
                if (other >= 0) {
                    double apart = way % 2 == 0 ? 1 : Math.sqrt(2);
                    cut.hold(i, way, (float) (GAMMA / apart * Math.exp(-beta * picture.squareBetween(i, other)) + 0.5));
                }
            }
        }
        return cut.sides();
    }

    private double pull(int index, Mixture ofSubject, Mixture ofGround) {
        if (!allowed[index]) {
            return -SURE;
        }
        double distance = backdrop.distance(index);
        if (backdrop.border(index) && distance < threshold()) {
            return -SURE;
        }
        if (shadow[index]) {
            return -0.2;
        }
        // The mixtures know colours, the backdrop knows places: a gradient's far end is ground here and subject there.
        double byPlace = Math.max(-12, Math.min(12, (distance - threshold()) * 0.8));
        double byColour = Math.max(-6, Math.min(6, ofGround.cost(picture, index) - ofSubject.cost(picture, index)));
        return byPlace + byColour;
    }
}
