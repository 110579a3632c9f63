package io.millrace.inference.train;

import ai.djl.translate.TranslateException;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.model.vision.VisionModel;
import io.millrace.inference.picture.Uploaded;
import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What the vision network finds in each picture and in its mirror image: worked out once, then only read. */
final class Features {
    private final VisionModel vision;
    private final Workspace workspace;

    Features(VisionModel vision, Workspace workspace) {
        this.vision = vision;
        this.workspace = workspace;
    }

    /**
     * Reads what is known and works out the rest.
     *
     * @param share of the bar that this takes
     * @return for each sample its own features and those of its mirror image, one after the other
     */
    float[][] of(List<Sample> samples, double share, PhaseContext context)
            throws PhaseFailure, IOException, TranslateException {
        float[][] features = new float[samples.size()][];
        for (int i = 0; i < features.length; i++) {
            context.checkWanted();
            String name = samples.get(i).image().replace("sha256:", "") + ".f32";
            Optional<float[]> known = workspace.read(name);
            if (known.isPresent() && known.get().length == 2 * VisionModel.FEATURES) {
                features[i] = known.get();
            } else {
                features[i] =
                        seen(Uploaded.read(context, "samples", samples.get(i).image()));
                workspace.write(name, features[i]);
            }
            context.tick(share * (i + 1) / features.length, "picture " + (i + 1) + " of " + features.length);
        }
        return features;
    }

    private float[] seen(BufferedImage picture) throws TranslateException {
        AffineTransform mirror = new AffineTransform(-1, 0, 0, 1, picture.getWidth(), 0);
        BufferedImage mirrored = new AffineTransformOp(mirror, AffineTransformOp.TYPE_NEAREST_NEIGHBOR)
                .filter(
                        picture,
                        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_ARGB));
        float[] both = new float[2 * VisionModel.FEATURES];
        List<VisionModel.Seen> seen = vision.see(List.of(picture, mirrored));
        for (int side = 0; side < 2; side++) {
            System.arraycopy(seen.get(side).features(), 0, both, side * VisionModel.FEATURES, VisionModel.FEATURES);
        }
        return both;
    }
}
