package io.millrace.inference.poster.colour;

/** Contrast after WCAG 2.2: 1 (none) to 21 (black on white). */
public final class Contrast {
    /** Least contrast of text. */
    public static final double TEXT = 4.5;

    /** Least contrast of large text. */
    public static final double LARGE = 3.0;

    private static final double[] LINEAR = new double[256];

    static {
        for (int i = 0; i < 256; i++) {
            double c = i / 255.0;
            LINEAR[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
        }
    }

    private Contrast() {}

    /** Relative luminance of packed RGB, 0 to 1. */
    public static double luminance(int rgb) {
        return 0.2126 * LINEAR[rgb >> 16 & 255] + 0.7152 * LINEAR[rgb >> 8 & 255] + 0.0722 * LINEAR[rgb & 255];
    }

    public static double ratio(Rgb one, Rgb other) {
        return ratio(luminance(one.value()), luminance(other.value()));
    }

    /** Ratio of two luminances. */
    public static double ratio(double one, double other) {
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    /** Whichever of near-white and near-black reads better on the colour; one of them always reaches 4.5. */
    public static Rgb inkOn(Rgb ground, Rgb light, Rgb dark) {
        return ratio(ground, light) >= ratio(ground, dark) ? light : dark;
    }
}
