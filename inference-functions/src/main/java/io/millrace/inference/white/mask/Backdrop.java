package io.millrace.inference.white.mask;

import java.util.Arrays;

/**
 * What the ground would look like without the subject: a quadratic surface for each channel, fitted to the border of the picture,
 * where product pictures show ground. Pixels off the surface weigh less in each round, so that a subject that touches the border does
 * not bend it.
 */
final class Backdrop {
    private static final int TERMS = 6;
    /** With the ground inside the picture known too, the fourth power follows a vignette to its middle. */
    private static final int MORE_TERMS = 9;

    private static final int ROUNDS = 6;
    private static final double BAND = 0.05;

    private final Lab picture;
    private final int count;
    private final double[][] surface = new double[3][];
    private final boolean[] border;
    private final double spread;

    private Backdrop(Lab picture, boolean[] border, boolean[] ground, int count) {
        this.count = count;
        this.picture = picture;
        this.border = border;
        double[] weights = new double[picture.count()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = ground[i] ? 1 : 0;
        }
        double typical = 1;
        for (int round = 0; round < ROUNDS; round++) {
            for (int channel = 0; channel < 3; channel++) {
                surface[channel] = fit(channel, weights);
            }
            typical = Math.max(1, typicalDistance(ground));
            for (int i = 0; i < weights.length; i++) {
                if (ground[i]) {
                    double off = distance(i) / (2.5 * typical);
                    weights[i] = 1 / (1 + off * off * off * off);
                }
            }
        }
        this.spread = typical;
    }

    static Backdrop of(Lab picture) {
        boolean[] border = band(picture.width(), picture.height());
        return new Backdrop(picture, border, border, TERMS);
    }

    /** The same, fitted to all that is known to be ground by now. */
    Backdrop knowing(boolean[] ground) {
        return new Backdrop(picture, border, ground, MORE_TERMS);
    }

    private static boolean[] band(int width, int height) {
        int deep = Math.max(3, (int) Math.round(Math.min(width, height) * BAND));
        boolean[] band = new boolean[width * height];
        for (int i = 0; i < band.length; i++) {
            int x = i % width;
            int y = i / width;
            band[i] = x < deep || y < deep || x >= width - deep || y >= height - deep;
        }
        return band;
    }

    boolean border(int index) {
        return border[index];
    }

    /** How far the typical pixel of the border lies off the surface, at least 1. */
    double spread() {
        return spread;
    }

    /** How far a pixel is from the ground it would cover, in steps of L*a*b*. */
    double distance(int index) {
        return Math.sqrt(picture.squareTo(index, ground(index)));
    }

    /** What the ground would be at a pixel. */
    double[] ground(int index) {
        double[] terms = terms(index);
        double[] ground = new double[3];
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < count; i++) {
                ground[channel] += surface[channel][i] * terms[i];
            }
        }
        return ground;
    }

    private double[] terms(int index) {
        double x = 2.0 * (index % picture.width()) / picture.width() - 1;
        double y = 2.0 * Math.floorDiv(index, picture.width()) / picture.height() - 1;
        return new double[] {1, x, y, x * x, x * y, y * y, x * x * x * x, x * x * y * y, y * y * y * y};
    }

    private double typicalDistance(boolean[] ground) {
        double[] all = new double[border.length];
        int count = 0;
        for (int i = 0; i < border.length; i++) {
            if (ground[i]) {
                all[count++] = distance(i);
            }
        }
        double[] some = Arrays.copyOf(all, count);
        Arrays.sort(some);
        return some[count / 2];
    }

    private double[] fit(int channel, double[] weights) {
        double[][] system = new double[count][count + 1];
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] == 0) {
                continue;
            }
            double[] terms = terms(i);
            double value = channel == 0 ? picture.light(i) : channel == 1 ? picture.a(i) : picture.b(i);
            for (int row = 0; row < count; row++) {
                for (int column = 0; column < count; column++) {
                    system[row][column] += weights[i] * terms[row] * terms[column];
                }
                system[row][count] += weights[i] * terms[row] * value;
            }
        }
        return solved(system);
    }

    /** Gauss and Jordan; a little is added to the diagonal, so that a flat border does not make it singular. */
    private static double[] solved(double[][] system) {
        int count = system.length;
        for (int i = 0; i < count; i++) {
            system[i][i] += 1e-6 * (1 + system[0][0]);
        }
        for (int pivot = 0; pivot < count; pivot++) {
            for (int row = 0; row < count; row++) {
                if (row != pivot) {
                    double by = system[row][pivot] / system[pivot][pivot];
                    for (int column = pivot; column <= count; column++) {
                        system[row][column] -= by * system[pivot][column];
                    }
                }
            }
        }
        double[] solution = new double[count];
        for (int i = 0; i < count; i++) {
            solution[i] = system[i][count] / system[i][i];
        }
        return solution;
    }
}
