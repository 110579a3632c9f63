package io.millrace.inference.white;

import io.millrace.inference.picture.Channels;
import io.millrace.inference.picture.Plane;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/** The subject alone, with the colour of its old ground taken out of its edge. */
final class Cutout {
    /** Less of the subject than this in a pixel is nothing. */
    private static final float LEAST = 0.04f;

    private static final int REACH = 10;

    private Cutout() {}

    /** Where the mask shows anything; the whole picture when it shows nothing. */
    static Rectangle bounds(Plane alpha) {
        int left = alpha.width();
        int right = -1;
        int top = alpha.height();
        int bottom = -1;
        for (int y = 0; y < alpha.height(); y++) {
            for (int x = 0; x < alpha.width(); x++) {
                if (alpha.at(x, y) > 0.2f) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = y;
                }
            }
        }
        return right < 0
                ? new Rectangle(alpha.width(), alpha.height())
                : new Rectangle(left, top, right - left + 1, bottom - top + 1);
    }

    /**
     * A pixel of the edge shows {@code a} of the subject and {@code 1 - a} of the ground. The ground's colour is that of the ground around,
     * the subject's follows; the thinner the subject, the more it is taken from the subject next to it.
     */
    static BufferedImage of(BufferedImage picture, Plane alpha, Rectangle bounds) {
        BufferedImage part = picture.getSubimage(bounds.x, bounds.y, bounds.width, bounds.height);
        Channels colours = Channels.of(part);
        Plane subject = new Plane(bounds.width, bounds.height);
        Plane ground = new Plane(bounds.width, bounds.height);
        float[] share = new float[subject.values().length];
        for (int i = 0; i < share.length; i++) {
            share[i] = alpha.at(bounds.x + i % bounds.width, bounds.y + i / bounds.width);
            subject.values()[i] = share[i] > 0.97f ? 1 : 0;
            ground.values()[i] = share[i] < 0.03f ? 1 : 0;
        }
        float[][] clean = new float[3][];
        for (int c = 0; c < 3; c++) {
            clean[c] = clean(colours.plane(c), share, subject, ground);
        }
        BufferedImage cutout = new BufferedImage(bounds.width, bounds.height, BufferedImage.TYPE_INT_ARGB);
        int[] row = new int[bounds.width];
        for (int y = 0; y < bounds.height; y++) {
            for (int x = 0; x < row.length; x++) {
                int i = y * row.length + x;
                float a = share[i] < LEAST ? 0 : share[i];
                row[x] = Math.round(255 * a) << 24
                        | Math.round(255 * clean[0][i]) << 16
                        | Math.round(255 * clean[1][i]) << 8
                        | Math.round(255 * clean[2][i]);
            }
            cutout.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return cutout;
    }

    private static float[] clean(Plane colour, float[] share, Plane subject, Plane ground) {
        Plane subjectColour = around(colour, subject);
        Plane groundColour = around(colour, ground);
        float[] clean = new float[share.length];
        for (int i = 0; i < clean.length; i++) {
            float a = share[i];
            float seen = colour.values()[i];
            float value = seen;
            if (a > LEAST && a < 0.97f) {
                float near = subjectColour.values()[i];
                float behind = groundColour.values()[i];
                float without = behind < 0 ? seen : (seen - (1 - a) * behind) / a;
                value = near < 0 ? without : a * without + (1 - a) * near;
            }
            clean[i] = Math.max(0, Math.min(1, value));
        }
        return clean;
    }

    /** The mean colour of the marked pixels nearby; below 0 where none is near. */
    private static Plane around(Plane colour, Plane marks) {
        Plane sum = colour.times(marks).blurred(REACH);
        Plane weight = marks.blurred(REACH);
        for (int i = 0; i < sum.values().length; i++) {
            float held = weight.values()[i];
            sum.values()[i] = held < 1e-4f ? -1 : sum.values()[i] / held;
        }
        return sum;
    }
}
