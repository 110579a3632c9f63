package io.millrace.inference.poster.text;

import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.type.Typesetter.Setting;
import java.util.List;

/**
 * Result of {@code rendering_text}.
 *
 * @param artifact opaque PNG of the whole poster
 * @param texts in reading order
 * @param scrims veils between pattern and text, painted after the panels
 */
public record Lettering(String artifact, List<Line> texts, List<Shape> scrims) {
    public Lettering {
        texts = List.copyOf(texts);
        scrims = List.copyOf(scrims);
    }

    /**
     * A text as set.
     *
     * @param contrast WCAG contrast against what is behind it, worst twentieth left out, 1 to 21
     */
    public record Line(
            String id, Role role, Rect box, Setting setting, List<String> lines, Rgb color, double contrast) {
        public Line {
            lines = List.copyOf(lines);
        }
    }
}
