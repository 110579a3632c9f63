package io.millrace.inference.poster.background;

import io.millrace.inference.model.pattern.PatternModel.Calm;
import io.millrace.inference.poster.colour.Contrast;
import io.millrace.inference.poster.colour.Rgb;

/** How well a small picture of a pattern would serve, 0 to 1: readable where text stands, alive and even elsewhere. */
final class PatternScore {
    private static final double LIVELY = 0.16;

    private PatternScore() {}

    static double of(int[] pixels, int width, int height, Calm calm, Rgb ink) {
        double inkLight = Contrast.luminance(ink.value());
        double worst = 21;
        double busy = 0;
        int quiet = 0;
        double[] lights = new double[9];
        int[] counts = new int[9];
        double sum = 0;
        double squares = 0;
        int free = 0;
        for (int y = 1; y < height; y++) {
            for (int x = 1; x < width; x++) {
                int at = y * width + x;
                double light = Math.sqrt(Contrast.luminance(pixels[at]));
                if (calm.at(x, y) > 0.8) {
                    worst = Math.min(worst, Contrast.ratio(light * light, inkLight));
                    busy += Math.abs(light - Math.sqrt(Contrast.luminance(pixels[at - 1])))
                            + Math.abs(light - Math.sqrt(Contrast.luminance(pixels[at - width])));
                    quiet++;
                } else {
                    sum += light;
                    squares += light * light;
                    free++;
                    int cell = 3 * (3 * y / height) + 3 * x / width;
                    lights[cell] += light;
                    counts[cell]++;
                }
            }
        }
        double spread = free == 0 ? 0 : Math.sqrt(Math.max(0, squares / free - sum / free * (sum / free)));
        double alive = Math.min(1, spread / LIVELY);
        double readable = quiet == 0 ? 1 : Math.min(1, worst / 7);
        double still = quiet == 0 ? 1 : Math.max(0, 1 - busy / quiet * 25);
        return 0.3 * readable + 0.25 * still + 0.25 * alive + 0.2 * even(lights, counts, free == 0 ? 0 : sum / free);
    }

    /** No third of the picture should be all dark or all bright. */
    private static double even(double[] lights, int[] counts, double mean) {
        double apart = 0;
        int cells = 0;
        for (int i = 0; i < lights.length; i++) {
            if (counts[i] > 0) {
                apart += Math.abs(lights[i] / counts[i] - mean);
                cells++;
            }
        }
        return cells == 0 ? 1 : Math.max(0, 1 - apart / cells * 4);
    }
}
