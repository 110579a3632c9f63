package io.millrace.inference.poster.text;

import io.millrace.inference.poster.colour.Contrast;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.scene.Rect;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** The pixels behind a text. */
public final class Ground {
    private static final int MOST = 6000;

    private final double[] lights;

    private Ground(double[] lights) {
        this.lights = lights;
    }

    /** Samples the part of the box that lies on the picture. */
    public static Ground behind(BufferedImage picture, Rect box) {
        int left = (int) Math.max(0, box.x());
        int upper = (int) Math.max(0, box.y());
        int right = (int) Math.min(picture.getWidth(), Math.ceil(box.right()));
        int lower = (int) Math.min(picture.getHeight(), Math.ceil(box.bottom()));
        int step = (int) Math.max(1, Math.sqrt((double) (right - left) * (lower - upper) / MOST));
        double[] lights =
                new double[Math.max(0, ((right - left + step - 1) / step) * ((lower - upper + step - 1) / step))];
        int count = 0;
        for (int y = upper; y < lower; y += step) {
            for (int x = left; x < right; x += step) {
                lights[count++] = Contrast.luminance(picture.getRGB(x, y));
            }
        }
        Arrays.sort(lights);
        return new Ground(lights);
    }

    /** WCAG contrast of a colour against the worst pixels, the worst twentieth left out. 21 for an empty ground. */
    public double contrast(Rgb colour) {
        if (lights.length == 0) {
            return 21;
        }
        double light = Contrast.luminance(colour.value());
        double[] ratios = new double[lights.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = Contrast.ratio(lights[i], light);
        }
        Arrays.sort(ratios);
        return ratios[ratios.length / 20];
    }

    /** Spread of perceived lightness, 0 (flat) to about 0.5. */
    public double busyness() {
        if (lights.length == 0) {
            return 0;
        }
        double low = Math.cbrt(lights[lights.length / 20]);
        double high = Math.cbrt(lights[lights.length - 1 - lights.length / 20]);
        return high - low;
    }
}
