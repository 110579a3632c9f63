package io.millrace.inference.white;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.picture.Plane;
import io.millrace.inference.picture.Uploaded;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.scene.Pictures;
import io.millrace.inference.white.mask.SubjectMask;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Map;

/**
 * Phase {@code white_mask}. Parameters: {@code image} (reference of an upload), {@code subject} {x, y, width, height}, each 0 to 1 of the
 * picture, when the subject is to be looked for there only. Result: {@code mask} (a grey PNG of the picture's size, white is
 * subject), {@code width, height, share, contrast, method}.
 */
public final class MaskFunction implements PhaseFunction {
    /** Below this the cut is a guess, and the task's log says so. */
    private static final double WEAK = 12;

    @Override
    public String name() {
        return "white_mask";
    }

    @Override
    public String version() {
        return SubjectMask.METHOD;
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        String ref = input.params().path("image").asText("");
        if (ref.isEmpty()) {
            throw PhaseFailure.badInput("image", "is missing: upload a product picture and send its sha256: reference");
        }
        BufferedImage picture = Uploaded.read(context, "image", ref);
        context.log("info", "picture of " + picture.getWidth() + " x " + picture.getHeight() + " pixels");
        SubjectMask mask = SubjectMask.of(picture, within(input.params().path("subject")), context);
        if (mask.contrast() < WEAK) {
            context.log(
                    "warn",
                    "the subject hardly differs from its ground (" + rounded(mask.contrast())
                            + " steps of L*a*b*): look at the edge, or say where the subject is");
        }
        ObjectNode output = Json.object();
        output.put("mask", Phases.store(context, Pictures.png(grey(mask.alpha()))));
        output.put("width", picture.getWidth()).put("height", picture.getHeight());
        output.put("share", mask.share()).put("contrast", mask.contrast()).put("method", SubjectMask.METHOD);
        return new PhaseOutput(
                output,
                Map.of(
                        "share", String.format(Locale.ROOT, "%.3f", mask.share()),
                        "contrast", rounded(mask.contrast()),
                        "method", SubjectMask.METHOD));
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static Rectangle2D within(JsonNode subject) throws PhaseFailure {
        if (subject.isMissingNode() || subject.isNull()) {
            return new Rectangle2D.Double(0, 0, 1, 1);
        }
        Rectangle2D within = new Rectangle2D.Double(
                subject.path("x").asDouble(-1),
                subject.path("y").asDouble(-1),
                subject.path("width").asDouble(-1),
                subject.path("height").asDouble(-1));
        boolean inside = within.getX() >= 0
                && within.getY() >= 0
                && within.getWidth() >= 0.02
                && within.getHeight() >= 0.02
                && within.getMaxX() <= 1.0001
                && within.getMaxY() <= 1.0001;
        if (!inside) {
            throw PhaseFailure.badInput(
                    "subject",
                    "must be {x, y, width, height}, each 0 to 1 of the picture, at least 0.02 wide and high");
        }
        return within;
    }

    private static BufferedImage grey(Plane alpha) {
        BufferedImage grey = new BufferedImage(alpha.width(), alpha.height(), BufferedImage.TYPE_BYTE_GRAY);
        int[] row = new int[alpha.width()];
        for (int y = 0; y < alpha.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = Math.round(255 * alpha.at(x, y));
            }
            grey.getRaster().setPixels(0, y, row.length, 1, row);
        }
        return grey;
    }
}
