package io.millrace.inference.poster.layout;

import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.layout.Composer.Composed;
import io.millrace.inference.poster.layout.Families.Family;
import io.millrace.inference.poster.type.Typesetter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Finds the layout of least {@link Cost}: each family that suits the brief is tried with knobs in the middle and at random, the best
 * few are improved knob by knob. A family's liking and a grain of chance from the seed are taken off the cost, so that another seed
 * gives another good layout.
 */
final class Solver {
    private static final int STARTS = 3;
    private static final int FINALISTS = 4;
    private static final double[] STEPS = {0.3, 0.15};
    private static final double LIKING = 0.16;
    private static final double CHANCE = 0.11;

    private final Composer composer;
    private final Brief brief;
    private final double largest;
    private int tried;

    /** @param largest scale of sizes to begin with, 0.6 to 1 */
    Solver(Typesetter typesetter, Brief brief, double largest) {
        composer = new Composer(typesetter, brief);
        this.brief = brief;
        this.largest = largest * growth(brief.canvas());
    }

    /** Tall canvases have room for larger type than their short side says. */
    private static double growth(Brief.Canvas canvas) {
        return Math.min(1.24, Math.max(1, Math.pow(1 / canvas.aspect(), 0.38)));
    }

    private record Candidate(Family family, Knobs knobs, Layout layout, double cost) {}

    /** How many layouts were set and measured. */
    int tried() {
        return tried;
    }

    /** Empty when no family holds all texts legibly. @param avoid names of families not to be used */
    Optional<Layout> solve(List<String> avoid) {
        List<Candidate> first = new ArrayList<>();
        for (Family family : Families.ALL) {
            if (family.affinity().applyAsDouble(brief) > 0 && !avoid.contains(family.name())) {
                start(family).ifPresent(first::add);
            }
        }
        return first.stream()
                .sorted(Comparator.comparingDouble(Candidate::cost))
                .limit(FINALISTS)
                .map(this::improve)
                .min(Comparator.comparingDouble(Candidate::cost))
                .map(Solver::scored);
    }

    private Optional<Candidate> start(Family family) {
        SplittableRandom random =
                new SplittableRandom(brief.canvas().seed() * 31 + family.name().hashCode());
        double taken = LIKING * family.affinity().applyAsDouble(brief) + CHANCE * random.nextDouble();
        Candidate best = null;
        for (int i = 0; i < STARTS; i++) {
            Optional<Candidate> candidate = candidate(family, i == 0 ? Knobs.MIDDLE : Knobs.random(random), taken);
            if (candidate.isPresent() && (best == null || candidate.get().cost() < best.cost())) {
                best = candidate.get();
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<Candidate> candidate(Family family, Knobs knobs, double taken) {
        tried++;
        return composer.compose(family.name(), family.frame().apply(brief, knobs), largest)
                .map(composed -> new Candidate(family, knobs, composed.layout(), cost(composed) - taken));
    }

    private double cost(Composed composed) {
        return Cost.of(composed, brief);
    }

    private Candidate improve(Candidate start) {
        SplittableRandom random = new SplittableRandom(
                brief.canvas().seed() * 31 + start.family().name().hashCode());
        double taken = LIKING * start.family().affinity().applyAsDouble(brief) + CHANCE * random.nextDouble();
        Candidate best = start;
        for (double step : STEPS) {
            for (int knob = 0; knob < Knobs.COUNT; knob++) {
                for (double by : new double[] {step, -step}) {
                    Optional<Candidate> other =
                            candidate(best.family(), best.knobs().turned(knob, by), taken);
                    if (other.isPresent() && other.get().cost() < best.cost() - 1e-6) {
                        best = other.get();
                        break;
                    }
                }
            }
        }
        return best;
    }

    private static Layout scored(Candidate candidate) {
        Layout layout = candidate.layout();
        double score = Math.min(1, Math.max(0, 1 - candidate.cost() - LIKING));
        return new Layout(
                layout.family(), score, layout.art(), layout.slots(), layout.panels(), layout.safe(), layout.hero());
    }
}
