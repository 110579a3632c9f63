package io.millrace.inference.poster.scene;

import io.millrace.inference.poster.colour.Rgb;
import org.jspecify.annotations.Nullable;

/**
 * A form on the poster, as data.
 *
 * @param type what {@code path} means
 * @param path for {@code PATH}: SVG commands M L C Q Z in a view box of 100 by 100 that is stretched over {@code box}; for {@code IMAGE}: an artifact
 *     reference; otherwise empty
 */
public record Shape(String id, String name, Type type, Rect box, String path, Look look) {
    /** Kinds of forms. */
    public enum Type {
        RECT,
        ELLIPSE,
        PATH,
        IMAGE
    }

    /**
     * How it is painted; lengths in pixels.
     *
     * @param fill null leaves it empty
     * @param strokeWidth 0 without outline
     * @param radius of the corners of a RECT or IMAGE
     * @param shadow blur of a soft shadow below, 0 without
     */
    public record Look(
            @Nullable Rgb fill,
            double opacity,
            @Nullable Rgb stroke,
            double strokeWidth,
            double radius,
            double shadow) {
        public static Look filled(Rgb fill, double opacity) {
            return new Look(fill, opacity, null, 0, 0, 0);
        }

        public static Look outlined(Rgb stroke, double width, double opacity) {
            return new Look(null, opacity, stroke, width, 0, 0);
        }

        public Look withRadius(double value) {
            return new Look(fill, opacity, stroke, strokeWidth, value, shadow);
        }

        public Look withShadow(double value) {
            return new Look(fill, opacity, stroke, strokeWidth, radius, value);
        }
    }
}
