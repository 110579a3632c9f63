package io.millrace.inference.poster.layout;

import java.util.SplittableRandom;

/**
 * What the solver turns, each 0 to 1: a family says what the ends mean.
 *
 * @param measure width of the text column
 * @param rise how high the title stands
 * @param voice size of the headline
 * @param cut where the canvas is divided
 * @param air distance between texts
 */
record Knobs(double measure, double rise, double voice, double cut, double air) {
    static final int COUNT = 5;
    static final Knobs MIDDLE = new Knobs(0.5, 0.5, 0.5, 0.5, 0.5);

    static Knobs random(SplittableRandom random) {
        return new Knobs(
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble());
    }

    /** One knob turned by a step, kept inside 0 to 1. */
    Knobs turned(int knob, double by) {
        double[] values = {measure, rise, voice, cut, air};
        values[knob] = Math.min(1, Math.max(0, values[knob] + by));
        return new Knobs(values[0], values[1], values[2], values[3], values[4]);
    }

    static double between(double low, double high, double at) {
        return low + (high - low) * at;
    }
}
