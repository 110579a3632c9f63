package io.millrace.inference.cover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.font.Typefaces;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.scene.Pictures;
import java.awt.image.BufferedImage;
import java.util.Map;

/** Phase {@code cover_finalize}: the cover and its thumbnail as JPEG, and how they came about. */
public final class CoverFinalizeFunction implements PhaseFunction {
    private static final int THUMBNAIL = 400;
    private static final String TYPE = "image/jpeg";

    @Override
    public String name() {
        return "cover_finalize";
    }

    @Override
    public String version() {
        return "cover/1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        JsonNode brief = input.require(Phases.INTENT);
        JsonNode painted = input.require(CoverPhases.BACKGROUND);
        BufferedImage cover = Phases.picture(
                context, input.require(CoverPhases.TEXT).path("artifact").asText());
        double scale = Math.min(1, THUMBNAIL / (double) Math.max(cover.getWidth(), cover.getHeight()));
        BufferedImage small = Pictures.scaled(cover, (int) Math.max(1, Math.round(cover.getWidth() * scale)), (int)
                Math.max(1, Math.round(cover.getHeight() * scale)));
        String url = Phases.store(context, Pictures.jpeg(cover));
        String thumbnail = Phases.store(context, Pictures.jpeg(small));
        ObjectNode output = Json.object();
        output.put("url", url).put("thumbnail_url", thumbnail);
        output.put("width", cover.getWidth()).put("height", cover.getHeight()).put("media_type", TYPE);
        ArrayNode images = output.putArray("images");
        image(images, "cover", url, cover);
        image(images, "thumbnail", thumbnail, small);
        if (input.params().hasNonNull("roadmap_id")) {
            output.set("roadmap_id", input.params().get("roadmap_id"));
        }
        for (JsonNode text : brief.path("texts")) {
            String role = text.path("role").asText();
            if (role.equals("headline") || role.equals("subtitle")) {
                output.put(
                        role.equals("headline") ? "title" : role,
                        text.path("content").asText());
            }
        }
        output.set("style", brief.path("style"));
        output.set("generation_params", generation(brief, painted));
        output.set("model_info", models(painted.path("background").path("model").asText()));
        return new PhaseOutput(
                output,
                Map.of(
                        "cover",
                        url,
                        "thumbnail",
                        thumbnail,
                        "size",
                        cover.getWidth() + "x" + cover.getHeight(),
                        "style",
                        brief.path("style").asText()));
    }

    private static void image(ArrayNode images, String kind, String url, BufferedImage picture) {
        images.addObject()
                .put("kind", kind)
                .put("url", url)
                .put("artifact", url)
                .put("width", picture.getWidth())
                .put("height", picture.getHeight())
                .put("media_type", TYPE);
    }

    private static ObjectNode generation(JsonNode brief, JsonNode painted) {
        ObjectNode params = Json.object();
        params.set("seed", brief.path("canvas").path("seed"));
        params.set("colors", brief.path("colors"));
        params.set("layout", painted.path("layout").path("family"));
        params.set("pattern_seed", painted.path("background").path("pattern_seed"));
        return params;
    }

    private static ObjectNode models(String background) {
        return Json.object()
                .put("intent", "bge-small-zh-v1.5 (quantized ONNX, DJL)")
                .put("background", background + ": procedural-neural pattern, TorchScript, DJL")
                .put("font", Typefaces.FAMILY);
    }
}
