package io.millrace.inference.poster.intent;

import io.millrace.inference.poster.Occasion;
import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.colour.Rgb;
import java.util.List;
import java.util.Objects;

/**
 * What is wanted, complete: the result of {@code parsing_intent} that every later phase reads.
 *
 * @param canvas size in pixels and seed
 * @param topic finer than the occasion, for copy and motif, e.g. {@code mid_autumn}; {@code default} when nothing is known
 * @param language {@code zh} or {@code en}
 * @param colors the most important first, at least one
 * @param mood what else the prompt says about the look; {@link Mood#NEUTRAL} when left out
 */
public record Brief(
        Canvas canvas,
        Style style,
        Occasion occasion,
        String topic,
        String language,
        List<Rgb> colors,
        List<TextItem> texts,
        List<Extra> extras,
        Mood mood) {
    public Brief {
        colors = List.copyOf(colors);
        texts = List.copyOf(texts);
        extras = List.copyOf(extras);
        mood = Objects.requireNonNullElse(mood, Mood.NEUTRAL);
    }

    /**
     * @param width 320 to 4096
     * @param height 320 to 4096
     * @param seed what varies between two posters of the same input
     */
    public record Canvas(int width, int height, long seed) {
        /** A hundredth of the shorter side: the unit all sizes and gaps are made of. */
        public double unit() {
            return Math.min(width, height) / 100.0;
        }

        /** Width by height. */
        public double aspect() {
            return width / (double) height;
        }

        public boolean landscape() {
            return aspect() > 1.2;
        }

        public boolean portrait() {
            return aspect() < 0.84;
        }
    }

    /** Whether any text has the role. */
    public boolean has(Role role) {
        return texts.stream().anyMatch(text -> text.role() == role);
    }
}
