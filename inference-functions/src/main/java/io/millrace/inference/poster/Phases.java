package io.millrace.inference.poster;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.poster.background.Background;
import io.millrace.inference.poster.elements.Elements;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.refine.Adjustments;
import io.millrace.inference.poster.text.Lettering;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.task.ErrorCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Names of the phases of the poster's workflow, and their results as records. */
public final class Phases {
    public static final String INTENT = "parsing_intent";
    public static final String LAYOUT = "generating_layout";
    public static final String BACKGROUND = "generating_background";
    public static final String ELEMENTS = "generating_elements";
    public static final String TEXT = "rendering_text";
    public static final String OCR = "checking_ocr";
    public static final String QUALITY = "assessing_quality";
    public static final String REFINE = "refining";

    private Phases() {}

    public static Brief brief(PhaseInput input) throws PhaseFailure {
        return Json.read(input.require(INTENT), Brief.class, "results." + INTENT);
    }

    public static Layout layout(PhaseInput input) throws PhaseFailure {
        return Json.read(input.require(LAYOUT), Layout.class, "results." + LAYOUT);
    }

    public static Background background(PhaseInput input) throws PhaseFailure {
        return Json.read(input.require(BACKGROUND), Background.class, "results." + BACKGROUND);
    }

    public static Elements elements(PhaseInput input) throws PhaseFailure {
        return Json.read(input.require(ELEMENTS), Elements.class, "results." + ELEMENTS);
    }

    public static Lettering lettering(PhaseInput input) throws PhaseFailure {
        return Json.read(input.require(TEXT), Lettering.class, "results." + TEXT);
    }

    /** What refinement asked for; nothing before its first round. */
    public static Adjustments adjustments(PhaseInput input) {
        return input.result(REFINE).map(Adjustments::read).orElse(Adjustments.NONE);
    }

    /** Reads a picture that a phase made; those of callers are read by {@link io.millrace.inference.picture.Uploaded}. */
    public static BufferedImage picture(PhaseContext context, String ref) throws PhaseFailure {
        try {
            BufferedImage picture =
                    ImageIO.read(new ByteArrayInputStream(context.artifacts().read(ArtifactRef.parse(ref))));
            if (picture == null) {
                throw PhaseFailure.badInput("artifact " + ref, "is no picture");
            }
            return picture;
        } catch (IOException | IllegalArgumentException e) {
            throw unavailable(e);
        }
    }

    /** Reads JSON from the artifact store. */
    public static JsonNode json(PhaseContext context, String ref) throws PhaseFailure {
        try {
            return Json.parse(context.artifacts().read(ArtifactRef.parse(ref)));
        } catch (IOException | IllegalArgumentException e) {
            throw unavailable(e);
        }
    }

    /** Stores bytes and gives the reference to write into a result. */
    public static String store(PhaseContext context, byte[] bytes) throws PhaseFailure {
        try {
            return context.artifacts().put(bytes).toString();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static PhaseFailure unavailable(Exception cause) {
        return new PhaseFailure(ErrorCode.UNAVAILABLE, "artifact store: " + cause.getMessage());
    }
}
