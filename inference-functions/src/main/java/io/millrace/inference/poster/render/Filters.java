package io.millrace.inference.poster.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** Filters of styles, as the CSS filter effects module defines them; of pictures of type INT_ARGB, in place. */
final class Filters {
    private static final double RED = 0.213;
    private static final double GREEN = 0.715;
    private static final double BLUE = 0.072;
    private static final int MAX_BLUR = 200;

    private Filters() {}

    static void apply(BufferedImage picture, JsonNode filters) {
        for (JsonNode filter : filters) {
            String type = filter.path("type").asText("");
            if (type.equals("blur")) {
                blur(picture, Scene.finite(filter.path("value"), 0));
            } else {
                double[] matrix = matrix(type, Scene.finite(filter.path("value"), 1));
                if (matrix.length > 0) {
                    recolour(picture, matrix);
                }
            }
        }
    }

    /** Three rows of {red, green, blue, constant} and the factor of alpha; empty when the filter is not known. */
    private static double[] matrix(String type, double value) {
        return switch (type) {
            case "brightness" -> scaled(Math.max(0, value), 0);
            case "contrast" -> scaled(Math.max(0, value), 0.5 - 0.5 * Math.max(0, value));
            case "invert" -> scaled(1 - 2 * Scene.clamped(value, 0, 1), Scene.clamped(value, 0, 1));
            case "saturate" -> saturated(Math.max(0, value));
            case "grayscale" -> saturated(1 - Scene.clamped(value, 0, 1));
            case "sepia" -> sepia(1 - Scene.clamped(value, 0, 1));
            case "hue_rotate" -> turned(Math.toRadians(value));
            case "opacity" -> new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, Scene.clamped(value, 0, 1)};
            default -> new double[0];
        };
    }

    private static double[] scaled(double by, double plus) {
        return new double[] {by, 0, 0, plus, 0, by, 0, plus, 0, 0, by, plus, 1};
    }

    private static double[] saturated(double s) {
        double red = RED * (1 - s);
        double green = GREEN * (1 - s);
        double blue = BLUE * (1 - s);
        return new double[] {red + s, green, blue, 0, red, green + s, blue, 0, red, green, blue + s, 0, 1};
    }

    private static double[] sepia(double left) {
        return new double[] {
            0.393 + 0.607 * left,
            0.769 - 0.769 * left,
            0.189 - 0.189 * left,
            0,
            0.349 - 0.349 * left,
            0.686 + 0.314 * left,
            0.168 - 0.168 * left,
            0,
            0.272 - 0.272 * left,
            0.534 - 0.534 * left,
            0.131 + 0.869 * left,
            0,
            1
        };
    }

    private static double[] turned(double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return new double[] {
            RED + cos * (1 - RED) - sin * RED,
            GREEN - cos * GREEN - sin * GREEN,
            BLUE - cos * BLUE + sin * (1 - BLUE),
            0,
            RED - cos * RED + sin * 0.143,
            GREEN + cos * (1 - GREEN) + sin * 0.140,
            BLUE - cos * BLUE - sin * 0.283,
            0,
            RED - cos * RED - sin * (1 - RED),
            GREEN - cos * GREEN + sin * GREEN,
            BLUE + cos * (1 - BLUE) + sin * BLUE,
            0,
            1
        };
    }

    private static void recolour(BufferedImage picture, double[] m) {
        int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++) {
            int pixel = pixels[i];
            if (pixel >>> 24 == 0) {
                continue;
            }
            int red = pixel >> 16 & 255;
            int green = pixel >> 8 & 255;
            int blue = pixel & 255;
            int out = (int) Math.round((pixel >>> 24) * m[12]) << 24;
            for (int row = 0; row < 3; row++) {
                double value = m[4 * row] * red + m[4 * row + 1] * green + m[4 * row + 2] * blue + 255 * m[4 * row + 3];
                out |= (int) Math.round(Scene.clamped(value, 0, 255)) << (16 - 8 * row);
            }
            pixels[i] = out;
        }
    }

    /** Three box blurs in each direction, close to a Gaussian of this standard deviation in pixels. */
    static void blur(BufferedImage picture, double deviation) {
        int radius = (int) Math.round(Math.min(deviation, MAX_BLUR) * 0.94);
        if (radius < 1) {
            return;
        }
        int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
        int width = picture.getWidth();
        int height = picture.getHeight();
        for (int pass = 0; pass < 3; pass++) {
            for (int y = 0; y < height; y++) {
                line(pixels, y * width, 1, width, radius);
            }
            for (int x = 0; x < width; x++) {
                line(pixels, x, width, height, radius);
            }
        }
    }

    /** A running mean over colours weighted by their alpha, so that clear pixels lend no colour. */
    private static void line(int[] pixels, int start, int step, int length, int radius) {
        int[] before = new int[length];
        for (int i = 0; i < length; i++) {
            before[i] = pixels[start + i * step];
        }
        long[] sum = new long[4];
        int window = 2 * radius + 1;
        for (int i = -radius; i < length; i++) {
            add(sum, before, i + radius, 1);
            add(sum, before, i - radius - 1, -1);
            if (i >= 0) {
                pixels[start + i * step] = sum[0] == 0
                        ? 0
                        : (int) (sum[0] / window) << 24
                                | (int) (sum[1] / sum[0]) << 16
                                | (int) (sum[2] / sum[0]) << 8
                                | (int) (sum[3] / sum[0]);
            }
        }
    }

    private static void add(long[] sum, int[] pixels, int at, int sign) {
        if (at < 0 || at >= pixels.length) {
            return;
        }
        int pixel = pixels[at];
        int alpha = pixel >>> 24;
        sum[0] += (long) sign * alpha;
        sum[1] += (long) sign * alpha * (pixel >> 16 & 255);
        sum[2] += (long) sign * alpha * (pixel >> 8 & 255);
        sum[3] += (long) sign * alpha * (pixel & 255);
    }
}
