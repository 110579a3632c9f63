package io.millrace.inference.picture;

import java.awt.image.BufferedImage;

/**
 * Numbers on a grid, row by row.
 *
 * @param values {@code width * height}, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // carries megabytes, is never compared
public record Plane(int width, int height, float[] values) {
    public Plane {
        if (values.length != width * height) {
            throw new IllegalArgumentException(values.length + " values for " + width + " x " + height);
        }
    }

    public Plane(int width, int height) {
        this(width, height, new float[width * height]);
    }

    /** The only or first channel of a picture, 0 to 1. */
    public static Plane ofGrey(BufferedImage picture) {
        Plane plane = new Plane(picture.getWidth(), picture.getHeight());
        float[] row = new float[plane.width];
        for (int y = 0; y < plane.height; y++) {
            picture.getRaster().getSamples(0, y, plane.width, 1, 0, row);
            for (int x = 0; x < row.length; x++) {
                plane.values[y * plane.width + x] = row[x] / 255;
            }
        }
        return plane;
    }

    public float at(int x, int y) {
        return values[y * width + x];
    }

    /** Value by value. */
    public Plane times(Plane other) {
        Plane product = new Plane(width, height);
        for (int i = 0; i < values.length; i++) {
            product.values[i] = values[i] * other.values[i];
        }
        return product;
    }

    /** Mean of the square of {@code 2 radius + 1} around each value, cut at the border; the time does not depend on the radius. */
    public Plane blurred(int radius) {
        Plane across = new Plane(width, height);
        for (int y = 0; y < height; y++) {
            mean(values, across.values, y * width, 1, width, radius);
        }
        Plane down = new Plane(width, height);
        for (int x = 0; x < width; x++) {
            mean(across.values, down.values, x, width, height, radius);
        }
        return down;
    }

    private static void mean(float[] from, float[] to, int start, int step, int count, int radius) {
        double sum = 0;
        int held = 0;
        for (int i = 0; i < Math.min(radius, count); i++) {
            sum += from[start + i * step];
            held++;
        }
        for (int i = 0; i < count; i++) {
            if (i + radius < count) {
                sum += from[start + (i + radius) * step];
                held++;
            }
            if (i - radius - 1 >= 0) {
                sum -= from[start + (i - radius - 1) * step];
                held--;
            }
            to[start + i * step] = (float) (sum / held);
        }
    }

    /** Three box blurs, which come close to a Gaussian of about this radius. */
    public Plane softened(int radius) {
        int each = Math.max(1, radius / 2);
        return blurred(each).blurred(each).blurred(each);
    }

    /** Bilinear, pixel centres on pixel centres. */
    public Plane scaled(int newWidth, int newHeight) {
        Plane scaled = new Plane(newWidth, newHeight);
        for (int y = 0; y < newHeight; y++) {
            double v = clamp((y + 0.5) * height / newHeight - 0.5, height - 1);
            int top = (int) v;
            int bottom = Math.min(height - 1, top + 1);
            double down = v - top;
            for (int x = 0; x < newWidth; x++) {
                double u = clamp((x + 0.5) * width / newWidth - 0.5, width - 1);
                int left = (int) u;
                int right = Math.min(width - 1, left + 1);
                double across = u - left;
                double upper = at(left, top) * (1 - across) + at(right, top) * across;
                double lower = at(left, bottom) * (1 - across) + at(right, bottom) * across;
                scaled.values[y * newWidth + x] = (float) (upper * (1 - down) + lower * down);
            }
        }
        return scaled;
    }

    private static double clamp(double value, double max) {
        return Math.max(0, Math.min(max, value));
    }
}
