package io.millrace.inference.poster.intent;

import io.millrace.inference.poster.colour.Rgb;
import org.jspecify.annotations.Nullable;

/**
 * A picture or shape the poster must show.
 *
 * @param type {@code image} or {@code shape}
 * @param content artifact reference or name of a picture; name of a shape
 */
public record Extra(
        String id,
        String type,
        String content,
        @Nullable Position position,
        @Nullable Rgb color) {}
