package io.millrace.inference.generate;

/** How much there is to see in a small picture, 0 to 1: light and dark apart, in every ninth of it, without noise. */
final class Liveliness {
    private static final double ENOUGH = 0.17;
    private static final int CELLS = 3;

    private Liveliness() {}

    /** @param pixels packed RGB, row by row */
    static double of(int[] pixels, int width, int height) {
        double[] sums = new double[CELLS * CELLS];
        double[] squares = new double[CELLS * CELLS];
        int[] counts = new int[CELLS * CELLS];
        for (int i = 0; i < width * height; i++) {
            int cell = i / width * CELLS / height * CELLS + i % width * CELLS / width;
            double light = light(pixels[i]);
            sums[cell] += light;
            squares[cell] += light * light;
            counts[cell]++;
        }
        double total = 0;
        double all = 0;
        double still = 0;
        for (int cell = 0; cell < sums.length; cell++) {
            double mean = sums[cell] / Math.max(1, counts[cell]);
            double spread = Math.sqrt(Math.max(0, squares[cell] / Math.max(1, counts[cell]) - mean * mean));
            still += spread < ENOUGH / 4 ? 1 : 0;
            total += Math.min(1, spread / ENOUGH);
            all += mean;
        }
        double apart = 0;
        for (int cell = 0; cell < sums.length; cell++) {
            apart += Math.abs(sums[cell] / Math.max(1, counts[cell]) - all / sums.length);
        }
        double even = Math.max(0, 1 - apart / sums.length * 3);
        return 0.6 * total / sums.length + 0.25 * even + 0.15 * (1 - still / sums.length);
    }

    private static double light(int rgb) {
        return (0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255)) / 255;
    }
}
