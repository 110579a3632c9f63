package io.millrace.inference.white.mask;

/** One part of a mixture: its share, mean and inverse covariance. */
final class Gaussian {
    private final double scale;
    private final double[] mean;
    private final double[] inverse;

    private Gaussian(double scale, double[] mean, double[] inverse) {
        this.scale = scale;
        this.mean = mean;
        this.inverse = inverse;
    }

    /**
     * Of the colours that belong to a part.
     *
     * @param all colours of the whole mixture
     * @param floor least variance of each channel
     */
    static Gaussian of(Lab colours, int[] of, int part, int all, double floor) {
        double[] sum = new double[4];
        for (int i = 0; i < of.length; i++) {
            if (of[i] == part) {
                colours.addTo(i, sum);
            }
        }
        if (sum[3] == 0) {
            return new Gaussian(0, new double[3], new double[6]);
        }
        double[] mean = {sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]};
        double[] spread = new double[6];
        for (int i = 0; i < of.length; i++) {
            if (of[i] == part) {
                double[] d = colours.colour(i);
                for (int channel = 0; channel < 3; channel++) {
                    d[channel] -= mean[channel];
                }
                spread[0] += d[0] * d[0];
                spread[1] += d[0] * d[1];
                spread[2] += d[0] * d[2];
                spread[3] += d[1] * d[1];
                spread[4] += d[1] * d[2];
                spread[5] += d[2] * d[2];
            }
        }
        for (int i = 0; i < 6; i++) {
            spread[i] = spread[i] / sum[3] + (i == 0 || i == 3 || i == 5 ? floor : 0);
        }
        double[] inverse = inverse(spread);
        double scale = sum[3] / all / Math.sqrt(Math.pow(2 * Math.PI, 3) * determinant(spread));
        return new Gaussian(scale, mean, inverse);
    }

    private static double determinant(double[] m) {
        return m[0] * (m[3] * m[5] - m[4] * m[4])
                - m[1] * (m[1] * m[5] - m[4] * m[2])
                + m[2] * (m[1] * m[4] - m[3] * m[2]);
    }

    /** Of a symmetric matrix given by its upper half, row by row. */
    private static double[] inverse(double[] m) {
        double by = 1 / determinant(m);
        return new double[] {
            by * (m[3] * m[5] - m[4] * m[4]),
            by * (m[2] * m[4] - m[1] * m[5]),
            by * (m[1] * m[4] - m[2] * m[3]),
            by * (m[0] * m[5] - m[2] * m[2]),
            by * (m[1] * m[2] - m[0] * m[4]),
            by * (m[0] * m[3] - m[1] * m[1])
        };
    }

    double density(Lab colours, int index) {
        double x = colours.light(index) - mean[0];
        double y = colours.a(index) - mean[1];
        double z = colours.b(index) - mean[2];
        double away = x * (inverse[0] * x + 2 * inverse[1] * y + 2 * inverse[2] * z)
                + y * (inverse[3] * y + 2 * inverse[4] * z)
                + z * inverse[5] * z;
        return scale * Math.exp(-0.5 * away);
    }
}
