package io.millrace.inference.white.mask;

import io.millrace.inference.picture.Channels;

/** A picture in CIE L*a*b* under D65, where equal steps look about equally large: L* 0 to 100. */
final class Lab {
    private static final double WHITE_X = 0.95047;
    private static final double WHITE_Z = 1.08883;

    private final int width;
    private final float[] values;

    private Lab(int width, float[] values) {
        this.width = width;
        this.values = values;
    }

    static Lab of(Channels picture) {
        float[] values = new float[picture.width() * picture.height() * 3];
        for (int i = 0; i < values.length / 3; i++) {
            double red = linear(picture.red().values()[i]);
            double green = linear(picture.green().values()[i]);
            double blue = linear(picture.blue().values()[i]);
            double x = root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / WHITE_X);
            double y = root(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
            double z = root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / WHITE_Z);
            values[3 * i] = (float) (116 * y - 16);
            values[3 * i + 1] = (float) (500 * (x - y));
            values[3 * i + 2] = (float) (200 * (y - z));
        }
        return new Lab(picture.width(), values);
    }

    private static double linear(float value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double root(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116.0;
    }

    int width() {
        return width;
    }

    int height() {
        return count() / width;
    }

    int count() {
        return values.length / 3;
    }

    float light(int index) {
        return values[3 * index];
    }

    float a(int index) {
        return values[3 * index + 1];
    }

    float b(int index) {
        return values[3 * index + 2];
    }

    double[] colour(int index) {
        return new double[] {light(index), a(index), b(index)};
    }

    double squareTo(int index, double[] colour) {
        double x = light(index) - colour[0];
        double y = a(index) - colour[1];
        double z = b(index) - colour[2];
        return x * x + y * y + z * z;
    }

    double squareBetween(int one, int other) {
        double x = light(one) - light(other);
        double y = a(one) - a(other);
        double z = b(one) - b(other);
        return x * x + y * y + z * z;
    }

    /** Adds the colour to the first three of the sums and one to the fourth. */
    void addTo(int index, double[] sums) {
        sums[0] += light(index);
        sums[1] += a(index);
        sums[2] += b(index);
        sums[3]++;
    }
}
