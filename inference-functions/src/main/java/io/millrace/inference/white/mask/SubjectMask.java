package io.millrace.inference.white.mask;

import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.picture.Channels;
import io.millrace.inference.picture.Plane;
import io.millrace.inference.poster.scene.Pictures;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * How much of each pixel belongs to the subject.
 *
 * @param alpha 0 (ground) to 1 (subject), of the picture's size
 * @param share of the picture that the subject covers, 0 to 1
 * @param contrast how sharply subject and ground differ along the cut, in steps of L*a*b*; below about 12 the cut is a guess
 */
public record SubjectMask(Plane alpha, double share, double contrast) {
    /** Version of the method. */
    public static final String METHOD = "grabcut+guided/1";

    private static final int CUT_SIDE = 288;
    private static final int GUIDE_SIDE = 720;
    private static final int GUIDE_RADIUS = 6;
    private static final double GUIDE_EPSILON = 2e-4;
    /** The filter leaves a haze far from the edge: what is this close to ground or subject is all of it. */
    private static final double HAZE = 0.12;

    /**
     * Finds the subject.
     *
     * @param within part of the picture that holds it, 0 to 1 of width and height
     * @throws PhaseFailure BAD_INPUT when nothing stands out from the ground
     */
    public static SubjectMask of(BufferedImage picture, Rectangle2D within, PhaseContext context) throws PhaseFailure {
        Channels small = Channels.of(fitted(picture, CUT_SIDE));
        Lab lab = Lab.of(small);
        boolean[] marks = new GrabCut(lab, Lab.of(small.blurred(2)), allowed(lab, within)).cut(context);
        Islands.clear(lab.width(), marks);
        double share = GrabCut.count(marks) / (double) marks.length;
        if (share < 0.002) {
            throw PhaseFailure.badInput(
                    "image",
                    "shows nothing that stands out from its ground: send one that does, or say where with subject");
        }
        context.tick(0.7, "refining the edge");
        Plane coarse = new Plane(lab.width(), lab.height());
        for (int i = 0; i < marks.length; i++) {
            coarse.values()[i] = marks[i] ? 1 : 0;
        }
        Channels guide = Channels.of(fitted(picture, GUIDE_SIDE));
        Plane refined = Guided.refine(
                guide, coarse.scaled(guide.width(), guide.height()), Channels.of(picture), GUIDE_RADIUS, GUIDE_EPSILON);
        context.checkWanted();
        return new SubjectMask(
                cleared(refined, coarse.scaled(refined.width(), refined.height())), share, contrast(lab, marks));
    }

    private static BufferedImage fitted(BufferedImage picture, int side) {
        double scale = Math.min(1, side / (double) Math.max(picture.getWidth(), picture.getHeight()));
        int width = (int) Math.max(8, Math.round(picture.getWidth() * scale));
        int height = (int) Math.max(8, Math.round(picture.getHeight() * scale));
        return Pictures.scaled(picture, width, height);
    }

    private static boolean[] allowed(Lab picture, Rectangle2D within) {
        boolean[] allowed = new boolean[picture.count()];
        for (int i = 0; i < allowed.length; i++) {
            double x = (i % picture.width() + 0.5) / picture.width();
            double y = (Math.floorDiv(i, picture.width()) + 0.5) / picture.height();
            allowed[i] = within.contains(x, y);
        }
        return allowed;
    }

    /** Stretches the alpha a little, and lets it differ from the cut only near its edge. */
    private static Plane cleared(Plane refined, Plane coarse) {
        int reach = Math.max(2, Math.max(refined.width(), refined.height()) / CUT_SIDE * 2);
        Plane near = coarse.blurred(reach);
        float[] values = refined.values();
        for (int i = 0; i < values.length; i++) {
            double alpha = (values[i] - HAZE) / (1 - 2 * HAZE);
            float around = near.values()[i];
            double low = around < 0.02f ? 0 : alpha;
            values[i] = (float) Math.max(0, Math.min(1, around > 0.98f ? 1 : low));
        }
        return refined;
    }

    private static double contrast(Lab picture, boolean[] marks) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i + 2 * picture.width() + 2 < marks.length; i++) {
            if (marks[i] != marks[i + 2]) {
                sum += Math.sqrt(picture.squareBetween(i, i + 2));
                pairs++;
            }
            if (marks[i] != marks[i + 2 * picture.width()]) {
                sum += Math.sqrt(picture.squareBetween(i, i + 2 * picture.width()));
                pairs++;
            }
        }
        return pairs == 0 ? 0 : sum / pairs;
    }
}
