package io.millrace.inference.poster.intent;

import io.millrace.inference.model.font.Typefaces.Weight;
import io.millrace.inference.poster.colour.Rgb;
import org.jspecify.annotations.Nullable;

/**
 * A text the poster must show.
 *
 * @param fontSize wished size in pixels of the canvas; null when the layout decides
 */
public record TextItem(
        String id,
        String content,
        Role role,
        @Nullable Position position,
        @Nullable Double fontSize,
        @Nullable Weight weight,
        @Nullable Rgb color,
        Source source) {
    TextItem withRole(Role other) {
        return new TextItem(id, content, other, position, fontSize, weight, color, source);
    }
}
