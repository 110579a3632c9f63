package io.millrace.inference.poster.colour;

/**
 * A colour of OKLCH (Ottosson 2020), in which equal steps look equal.
 *
 * @param lightness 0 (black) to 1 (white)
 * @param chroma 0 (grey) to about 0.32
 * @param hue degrees
 */
public record Oklch(double lightness, double chroma, double hue) {
    public static Oklch of(Rgb colour) {
        double r = linear(colour.red() / 255.0);
        double g = linear(colour.green() / 255.0);
        double b = linear(colour.blue() / 255.0);
        double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        double lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
        double a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
        double bb = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
        double hue = Math.toDegrees(Math.atan2(bb, a));
        return new Oklch(lightness, Math.hypot(a, bb), hue < 0 ? hue + 360 : hue);
    }

    public Oklch withLightness(double value) {
        return new Oklch(Math.min(1, Math.max(0, value)), chroma, hue);
    }

    public Oklch withChroma(double value) {
        return new Oklch(lightness, Math.max(0, value), hue);
    }

    /** Turns the hue by some degrees. */
    public Oklch turned(double degrees) {
        return new Oklch(lightness, chroma, ((hue + degrees) % 360 + 360) % 360);
    }

    /** The nearest colour of sRGB of the same lightness and hue: chroma gives way. */
    public Rgb rgb() {
        double low = 0;
        double high = chroma;
        if (inGamut(channels(high))) {
            return pack(channels(high));
        }
        for (int i = 0; i < 18; i++) {
            double middle = (low + high) / 2;
            if (inGamut(channels(middle))) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return pack(channels(low));
    }

    private double[] channels(double c) {
        double a = c * Math.cos(Math.toRadians(hue));
        double b = c * Math.sin(Math.toRadians(hue));
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return new double[] {
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
        };
    }

    private static boolean inGamut(double[] linear) {
        for (double value : linear) {
            if (value < -0.0005 || value > 1.0005) {
                return false;
            }
        }
        return true;
    }

    private static Rgb pack(double[] linear) {
        int value = 0;
        for (double channel : linear) {
            double c = Math.min(1, Math.max(0, channel));
            double encoded = c <= 0.0031308 ? 12.92 * c : 1.055 * Math.pow(c, 1 / 2.4) - 0.055;
            value = value << 8 | (int) Math.round(encoded * 255);
        }
        return new Rgb(value);
    }

    private static double linear(double c) {
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double cube(double x) {
        return x * x * x;
    }
}
