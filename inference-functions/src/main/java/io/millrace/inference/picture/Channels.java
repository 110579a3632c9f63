package io.millrace.inference.picture;

import java.awt.image.BufferedImage;

/** Red, green and blue of a picture as planes of 0 to 1; what shines through is put on white. */
public record Channels(Plane red, Plane green, Plane blue) {
    private static final int WHITE = 255;

    public static Channels of(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        Plane red = new Plane(width, height);
        Plane green = new Plane(width, height);
        Plane blue = new Plane(width, height);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            picture.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int argb = row[x];
                int alpha = argb >>> 24;
                int at = y * width + x;
                red.values()[at] = over(argb >> 16 & WHITE, alpha);
                green.values()[at] = over(argb >> 8 & WHITE, alpha);
                blue.values()[at] = over(argb & WHITE, alpha);
            }
        }
        return new Channels(red, green, blue);
    }

    private static float over(int value, int alpha) {
        return (value * alpha + WHITE * (WHITE - alpha)) / (float) (WHITE * WHITE);
    }

    /** Each channel as {@link Plane#blurred} makes it. */
    public Channels blurred(int radius) {
        return new Channels(red.blurred(radius), green.blurred(radius), blue.blurred(radius));
    }

    public int width() {
        return red.width();
    }

    public int height() {
        return red.height();
    }

    /** Plane 0, 1 or 2. */
    public Plane plane(int channel) {
        return switch (channel) {
            case 0 -> red;
            case 1 -> green;
            default -> blue;
        };
    }
}
