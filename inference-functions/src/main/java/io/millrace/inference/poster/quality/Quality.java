package io.millrace.inference.poster.quality;

import java.util.Arrays;
import java.util.List;

/**
 * Result of {@code assessing_quality}; every score 0 (unusable) to 1.
 *
 * @param ocrRecall share of the texts a reader finds
 * @param contrast worst WCAG contrast as a share of what the size asks for
 * @param textSize smallest text as a share of the least legible size
 * @param calm stillness behind the busiest ground of a text
 * @param margins share of the worst placed text that is inside the margins and apart from other texts
 * @param clear share of the worst placed text that no ornament covers
 * @param overall half the weighted mean, half the worst score: one bad fault is seen however good the rest is, and where a score fails
 *     it is under 0.9
 * @param blamed ids of the texts that fail a score
 */
public record Quality(
        double ocrRecall,
        double contrast,
        double textSize,
        double calm,
        double margins,
        double clear,
        double overall,
        List<String> blamed) {
    /** Every single score must reach this. */
    static final double LEAST = 0.8;

    public Quality {
        blamed = List.copyOf(blamed);
    }

    /** All but {@code overall}, which follows from them. */
    static Quality of(
            double ocrRecall,
            double contrast,
            double textSize,
            double calm,
            double margins,
            double clear,
            List<String> blamed) {
        double mean = 0.3 * ocrRecall + 0.25 * contrast + 0.1 * textSize + 0.15 * calm + 0.1 * margins + 0.1 * clear;
        double worst = Math.min(ocrRecall, worst(contrast, textSize, calm, margins, clear));
        return new Quality(
                round(ocrRecall),
                round(contrast),
                round(textSize),
                round(calm),
                round(margins),
                round(clear),
                round((mean + worst) / 2),
                blamed);
    }

    public boolean passed() {
        return ocrRecall >= 0.999 && worst(contrast, textSize, calm, margins, clear) >= LEAST;
    }

    private static double worst(double... scores) {
        return Arrays.stream(scores).min().orElse(1);
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
