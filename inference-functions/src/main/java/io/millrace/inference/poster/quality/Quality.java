package io.millrace.inference.poster.quality;

import java.util.List;

/**
 * Result of {@code assessing_quality}; every score 0 (unusable) to 1.
 *
 * @param ocrRecall share of the texts a reader finds
 * @param contrast worst WCAG contrast as a share of what the size asks for
 * @param textSize smallest text as a share of the least legible size
 * @param calm stillness behind the busiest ground of a text
 * @param margins share of the texts inside the margins
 * @param clear share of the texts that no ornament or other text touches
 * @param overall weighted mean
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

    public boolean passed() {
        double worst = Math.min(Math.min(contrast, textSize), Math.min(calm, Math.min(margins, clear)));
        return ocrRecall >= 0.999 && worst >= LEAST;
    }
}
