package io.millrace.inference.white.mask;

import io.millrace.inference.picture.Channels;
import io.millrace.inference.picture.Plane;

/**
 * The guided filter for a colour guide (He, Sun and Tang, "Guided Image Filtering", PAMI 2013), in its fast form: in each window the mask
 * is a linear function of the colours, worked out small and applied large. It lays a coarse mask along the edges of the picture and
 * gives them the softness they have there.
 */
final class Guided {
    private Guided() {}

    /**
     * Refines a mask.
     *
     * @param guide small picture
     * @param mask of the same size, 0 to 1
     * @param large the picture at full size
     * @param epsilon colour differences whose square is below this are no edge
     * @return the mask at full size, about 0 to 1
     */
    static Plane refine(Channels guide, Plane mask, Channels large, int radius, double epsilon) {
        Plane[] colour = {guide.red(), guide.green(), guide.blue()};
        Plane[] means = new Plane[3];
        Plane[] withMask = new Plane[3];
        Plane meanMask = mask.blurred(radius);
        for (int c = 0; c < 3; c++) {
            means[c] = colour[c].blurred(radius);
            withMask[c] = colour[c].times(mask).blurred(radius);
        }
        Plane[] squares = {
            colour[0].times(colour[0]).blurred(radius),
                    colour[0].times(colour[1]).blurred(radius),
            colour[0].times(colour[2]).blurred(radius),
                    colour[1].times(colour[1]).blurred(radius),
            colour[1].times(colour[2]).blurred(radius),
                    colour[2].times(colour[2]).blurred(radius)
        };
        Plane[] slopes = {
            new Plane(mask.width(), mask.height()),
            new Plane(mask.width(), mask.height()),
            new Plane(mask.width(), mask.height()),
            new Plane(mask.width(), mask.height())
        };
        for (int i = 0; i < mask.values().length; i++) {
            solve(i, means, withMask, meanMask, squares, slopes, epsilon);
        }
        return apply(slopes, large, radius);
    }

    private static void solve(
            int i, Plane[] means, Plane[] withMask, Plane meanMask, Plane[] squares, Plane[] slopes, double epsilon) {
        double r = means[0].values()[i];
        double g = means[1].values()[i];
        double b = means[2].values()[i];
        double p = meanMask.values()[i];
        double rr = squares[0].values()[i] - r * r + epsilon;
        double rg = squares[1].values()[i] - r * g;
        double rb = squares[2].values()[i] - r * b;
        double gg = squares[3].values()[i] - g * g + epsilon;
        double gb = squares[4].values()[i] - g * b;
        double bb = squares[5].values()[i] - b * b + epsilon;
        double x = withMask[0].values()[i] - r * p;
        double y = withMask[1].values()[i] - g * p;
        double z = withMask[2].values()[i] - b * p;
        double by = 1 / (rr * (gg * bb - gb * gb) - rg * (rg * bb - gb * rb) + rb * (rg * gb - gg * rb));
        double ar = by * ((gg * bb - gb * gb) * x + (rb * gb - rg * bb) * y + (rg * gb - rb * gg) * z);
        double ag = by * ((rb * gb - rg * bb) * x + (rr * bb - rb * rb) * y + (rg * rb - rr * gb) * z);
        double ab = by * ((rg * gb - rb * gg) * x + (rg * rb - rr * gb) * y + (rr * gg - rg * rg) * z);
        slopes[0].values()[i] = (float) ar;
        slopes[1].values()[i] = (float) ag;
        slopes[2].values()[i] = (float) ab;
        slopes[3].values()[i] = (float) (p - ar * r - ag * g - ab * b);
    }

    private static Plane apply(Plane[] slopes, Channels large, int radius) {
        int width = large.width();
        int height = large.height();
        float[] values = slopes[3].blurred(radius).scaled(width, height).values();
        for (int c = 0; c < 3; c++) {
            float[] slope = slopes[c].blurred(radius).scaled(width, height).values();
            float[] colour = large.plane(c).values();
            for (int i = 0; i < values.length; i++) {
                values[i] += slope[i] * colour[i];
            }
        }
        return new Plane(width, height, values);
    }
}
