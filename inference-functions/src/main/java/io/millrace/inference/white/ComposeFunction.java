package io.millrace.inference.white;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Map;

/**
 * Phase {@code white_compose}. Reads {@code masking_subject}; parameters {@code image, size, margin, shadow, softness, format}. Result:
 * {@code url, preview, width, height, media_type, images[{kind: white_background | cutout | thumbnail | mask, url, width, height,
 * media_type}], placement {x, y, width, height}, mask {share, contrast, method}, generation_params, model_info}.
 */
public final class ComposeFunction implements PhaseFunction {
    private static final String MASKING = "masking_subject";
    private static final int THUMBNAIL = 320;
    private static final String PNG = "image/png";
    private static final String JPEG = "image/jpeg";

    @Override
    public String name() {
        return "white_compose";
    }

    @Override
    public String version() {
        return "white/1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        WhiteParams params = WhiteParams.read(input.params());
        JsonNode masking = input.require(MASKING);
        BufferedImage picture =
                Uploaded.read(context, "image", input.params().path("image").asText(""));
        Plane alpha = Plane.ofGrey(Phases.picture(context, masking.path("mask").asText()));
        if (alpha.width() != picture.getWidth() || alpha.height() != picture.getHeight()) {
            throw PhaseFailure.badInput("image", "is not the picture the mask was made from");
        }
        context.tick(0.2, "cutting out");
        BufferedImage cutout = Cutout.of(picture, alpha, Cutout.bounds(alpha));
        context.checkWanted();
        context.tick(0.5, "placing on white");
        WhitePicture white = new WhitePicture(cutout, params);
        BufferedImage painted = white.painted();
        context.checkWanted();
        context.tick(0.8, "writing files");
        ObjectNode output = output(context, params, painted, cutout);
        image(output, "mask", masking.path("mask").asText(), picture, PNG);
        output.set("placement", placement(white.place()));
        ObjectNode mask = output.putObject("mask");
        for (String field : new String[] {"share", "contrast", "method"}) {
            mask.set(field, masking.path(field));
        }
        output.set("generation_params", generation(params));
        output.putObject("model_info").put("mask", "GrabCut and guided filter, classical methods; no neural network");
        return new PhaseOutput(
                output,
                Map.of(
                        "picture",
                        output.path("url").asText(),
                        "size",
                        params.width() + "x" + params.height(),
                        "shadow",
                        params.shadow().name().toLowerCase(Locale.ROOT)));
    }

    private static ObjectNode output(
            PhaseContext context, WhiteParams params, BufferedImage painted, BufferedImage cutout) throws PhaseFailure {
        String type = params.png() ? PNG : JPEG;
        String url = Phases.store(context, params.png() ? Pictures.png(painted) : Pictures.jpeg(painted));
        BufferedImage small = WhitePicture.thumbnail(painted, THUMBNAIL);
        String thumbnail = Phases.store(context, Pictures.jpeg(small));
        ObjectNode output = Json.object();
        output.put("url", url).put("preview", thumbnail);
        output.put("width", params.width()).put("height", params.height()).put("media_type", type);
        output.putArray("images");
        image(output, "white_background", url, painted, type);
        image(output, "cutout", Phases.store(context, Pictures.png(cutout)), cutout, PNG);
        image(output, "thumbnail", thumbnail, small, JPEG);
        return output;
    }

    private static void image(ObjectNode output, String kind, String url, BufferedImage picture, String type) {
        ArrayNode images = output.withArray("images");
        images.addObject()
                .put("kind", kind)
                .put("url", url)
                .put("artifact", url)
                .put("width", picture.getWidth())
                .put("height", picture.getHeight())
                .put("media_type", type);
    }

    private static ObjectNode placement(Rectangle place) {
        return Json.object()
                .put("x", place.x)
                .put("y", place.y)
                .put("width", place.width)
                .put("height", place.height);
    }

    private static ObjectNode generation(WhiteParams params) {
        return Json.object()
                .put("margin", params.margin() * 100)
                .put("shadow", params.shadow().name().toLowerCase(Locale.ROOT))
                .put("softness", params.softness())
                .put("format", params.png() ? "png" : "jpeg");
    }
}
