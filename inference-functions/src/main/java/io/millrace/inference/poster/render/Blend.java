package io.millrace.inference.poster.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** Lays one picture over another as the CSS compositing module says, sections 5 and 10: the modes that blend each channel by itself. */
final class Blend {
    private Blend() {}

    /**
     * Lays the upper picture over the lower one, in place.
     *
     * @param lower of type INT_RGB or INT_ARGB
     * @param upper of type INT_ARGB and the same size
     * @param mode as {@code multiply}; anything not known is {@code normal}
     * @param opacity of the upper one, 0 to 1
     */
    static void over(BufferedImage lower, BufferedImage upper, String mode, double opacity) {
        int[] below = ((DataBufferInt) lower.getRaster().getDataBuffer()).getData();
        int[] above = ((DataBufferInt) upper.getRaster().getDataBuffer()).getData();
        boolean opaque = lower.getType() == BufferedImage.TYPE_INT_RGB;
        for (int i = 0; i < above.length; i++) {
            double alpha = (above[i] >>> 24) / 255.0 * opacity;
            if (alpha > 0) {
                below[i] = pixel(opaque ? below[i] | 0xff000000 : below[i], above[i], alpha, mode);
            }
        }
    }

    private static int pixel(int below, int above, double alpha, String mode) {
        double backdrop = (below >>> 24) / 255.0;
        double whole = alpha + backdrop * (1 - alpha);
        int pixel = (int) Math.round(whole * 255) << 24;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double b = (below >> shift & 255) / 255.0;
            double s = (above >> shift & 255) / 255.0;
            double mixed = (1 - backdrop) * s + backdrop * channel(mode, b, s);
            double value = (alpha * mixed + (1 - alpha) * backdrop * b) / whole;
            pixel |= (int) Math.round(Scene.clamped(value, 0, 1) * 255) << shift;
        }
        return pixel;
    }

    /** One channel of the mixture of a backdrop and a source, each 0 to 1. */
    private static double channel(String mode, double b, double s) {
        return switch (mode) {
            case "multiply" -> b * s;
            case "screen" -> b + s - b * s;
            case "overlay" -> hardLight(s, b);
            case "darken" -> Math.min(b, s);
            case "lighten" -> Math.max(b, s);
            case "color_dodge" -> dodge(b, s);
            case "color_burn" -> 1 - dodge(1 - b, 1 - s);
            case "hard_light" -> hardLight(b, s);
            case "soft_light" -> softLight(b, s);
            case "difference" -> Math.abs(b - s);
            case "exclusion" -> b + s - 2 * b * s;
            default -> s;
        };
    }

    private static double hardLight(double b, double s) {
        return s <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s);
    }

    private static double dodge(double b, double s) {
        if (b == 0) {
            return 0;
        }
        return s >= 1 ? 1 : Math.min(1, b / (1 - s));
    }

    private static double softLight(double b, double s) {
        if (s <= 0.5) {
            return b - (1 - 2 * s) * b * (1 - b);
        }
        double d = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : Math.sqrt(b);
        return b + (2 * s - 1) * (d - b);
    }
}
