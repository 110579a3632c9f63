package io.millrace.inference.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.scene.Pictures;
import java.awt.image.BufferedImage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Phase {@code generate_collect}. Result: {@code url, preview} (of the first picture), {@code images[] {kind: generated, index, url, width,
 * height, media_type, seed}}, {@code failed} (indexes of those that could not be painted), {@code generation_params, model_info}.
 */
public final class CollectFunction implements PhaseFunction {
    private static final int PREVIEW = 480;

    @Override
    public String name() {
        return "generate_collect";
    }

    @Override
    public String version() {
        return "generate-collect/1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        JsonNode plan = input.require("planning");
        ObjectNode output = Json.object();
        ArrayNode images = output.putArray("images");
        ArrayNode failed = output.putArray("failed");
        JsonNode first = null;
        JsonNode painted = input.require("painting").path("items");
        for (int i = 0; i < plan.path("pictures").size(); i++) {
            JsonNode picture = painted.path(i);
            if (!picture.isObject()) {
                failed.add(i);
                continue;
            }
            first = first == null ? picture : first;
            ObjectNode image = images.addObject().put("kind", "generated");
            for (String field : new String[] {"index", "url", "width", "height", "media_type", "seed"}) {
                image.set(field, picture.path(field));
            }
            image.set("artifact", picture.path("url"));
        }
        head(output, first, context);
        ObjectNode params = output.putObject("generation_params");
        for (String field : new String[] {"prompt", "look", "style", "colors"}) {
            params.set(field, plan.path(field));
        }
        output.putObject("model_info")
                .put("model", plan.path("model").asText())
                .put(
                        "description",
                        first == null ? "" : first.path("description").asText());
        return new PhaseOutput(
                output, Map.of("pictures", Integer.toString(images.size()), "failed", Integer.toString(failed.size())));
    }

    private static void head(ObjectNode output, @Nullable JsonNode first, PhaseContext context) throws PhaseFailure {
        if (first == null) {
            return;
        }
        BufferedImage picture = Phases.picture(context, first.path("url").asText());
        double scale = Math.min(1, PREVIEW / (double) Math.max(picture.getWidth(), picture.getHeight()));
        BufferedImage small = Pictures.scaled(
                picture, (int) Math.max(1, picture.getWidth() * scale), (int) Math.max(1, picture.getHeight() * scale));
        output.set("url", first.path("url"));
        output.put("preview", Phases.store(context, Pictures.jpeg(small)));
    }
}
