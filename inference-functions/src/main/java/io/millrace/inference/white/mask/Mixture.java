package io.millrace.inference.white.mask;

import java.util.Arrays;

/** Colours as a mixture of five Gaussians with full covariance, as GrabCut has it (Rother, Kolmogorov and Blake, SIGGRAPH 2004). */
final class Mixture {
    private static final int PARTS = 5;
    private static final int ROUNDS = 6;
    /** Added to each variance: flat areas would otherwise be infinitely sure of themselves. Squared steps of L*a*b*. */
    private static final double FLOOR = 4;

    private final Gaussian[] parts;

    private Mixture(Gaussian[] parts) {
        this.parts = parts;
    }

    /** Fits the colours whose weight is above zero. */
    static Mixture fit(Lab colours, boolean[] chosen) {
        int[] of = new int[colours.count()];
        Arrays.fill(of, -1);
        double[][] centres = spread(colours, chosen);
        for (int round = 0; round < ROUNDS; round++) {
            assign(colours, chosen, centres, of);
            centres = means(colours, of, centres);
        }
        Gaussian[] parts = new Gaussian[PARTS];
        int all = 0;
        for (int i = 0; i < of.length; i++) {
            all += of[i] >= 0 ? 1 : 0;
        }
        for (int part = 0; part < PARTS; part++) {
            parts[part] = Gaussian.of(colours, of, part, all, FLOOR);
        }
        return new Mixture(parts);
    }

    /** The first centre is a colour, each next one the colour farthest from those there are, of a few hundred looked at. */
    private static double[][] spread(Lab colours, boolean[] chosen) {
        double[][] centres = new double[PARTS][];
        int step = Math.max(1, colours.count() / 700);
        for (int part = 0; part < PARTS; part++) {
            double most = -1;
            for (int i = 0; i < colours.count(); i += step) {
                if (!chosen[i]) {
                    continue;
                }
                double away = part == 0 ? 0 : Double.MAX_VALUE;
                for (int other = 0; other < part; other++) {
                    away = Math.min(away, colours.squareTo(i, centres[other]));
                }
                if (away > most) {
                    most = away;
                    centres[part] = colours.colour(i);
                }
            }
            if (centres[part] == null) {
                centres[part] = new double[] {50, 0, 0};
            }
        }
        return centres;
    }

    private static void assign(Lab colours, boolean[] chosen, double[][] centres, int[] of) {
        for (int i = 0; i < of.length; i++) {
            if (!chosen[i]) {
                continue;
            }
            double least = Double.MAX_VALUE;
            for (int part = 0; part < PARTS; part++) {
                double away = colours.squareTo(i, centres[part]);
                if (away < least) {
                    least = away;
                    of[i] = part;
                }
            }
        }
    }

    private static double[][] means(Lab colours, int[] of, double[][] before) {
        double[][] sums = new double[PARTS][4];
        for (int i = 0; i < of.length; i++) {
            if (of[i] >= 0) {
                colours.addTo(i, sums[of[i]]);
            }
        }
        double[][] means = new double[PARTS][];
        for (int part = 0; part < PARTS; part++) {
            double[] sum = sums[part];
            means[part] = sum[3] == 0 ? before[part] : new double[] {sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]};
        }
        return means;
    }

    /** Minus the logarithm of the density at a colour. */
    double cost(Lab colours, int index) {
        double density = 1e-12;
        for (Gaussian part : parts) {
            density += part.density(colours, index);
        }
        return -Math.log(density);
    }
}
