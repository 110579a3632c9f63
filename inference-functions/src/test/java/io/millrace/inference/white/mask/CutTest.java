package io.millrace.inference.white.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The cut against every cut there is, on grids small enough to try them all. */
class CutTest {
    private static final int WIDTH = 4;
    private static final int HEIGHT = 3;

    @Test
    void noOtherCutIsCheaper() {
        Random random = new Random(5);
        for (int round = 0; round < 80; round++) {
            float[] pulls = new float[WIDTH * HEIGHT];
            float[] holds = new float[WIDTH * HEIGHT * 4];
            Cut cut = new Cut(WIDTH, HEIGHT);
            for (int i = 0; i < pulls.length; i++) {
                pulls[i] = random.nextInt(4) == 0 ? 0 : random.nextInt(41) - 20;
                cut.pull(i, pulls[i]);
                for (int way = 0; way < 4; way++) {
                    holds[i * 4 + way] = random.nextInt(12);
                    cut.hold(i, way, holds[i * 4 + way]);
                }
            }

            boolean[] sides = cut.sides();

            assertThat(cost(sides, pulls, holds)).as("round %d", round).isEqualTo(cheapest(pulls, holds));
        }
    }

    private static double cheapest(float[] pulls, float[] holds) {
        double least = Double.MAX_VALUE;
        for (int bits = 0; bits < 1 << pulls.length; bits++) {
            boolean[] sides = new boolean[pulls.length];
            for (int i = 0; i < sides.length; i++) {
                sides[i] = (bits >> i & 1) == 1;
            }
            least = Math.min(least, cost(sides, pulls, holds));
        }
        return least;
    }

    private static double cost(boolean[] sides, float[] pulls, float[] holds) {
        Cut grid = new Cut(WIDTH, HEIGHT);
        double cost = 0;
        for (int i = 0; i < sides.length; i++) {
            cost += sides[i] ? Math.max(0, -pulls[i]) : Math.max(0, pulls[i]);
            for (int way = 0; way < 4; way++) {
                int other = grid.neighbour(i, way);
                cost += other >= 0 && sides[i] != sides[other] ? holds[i * 4 + way] : 0;
            }
        }
        return cost;
    }
}
