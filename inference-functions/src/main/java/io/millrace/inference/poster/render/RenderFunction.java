package io.millrace.inference.poster.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import io.millrace.inference.poster.render.Scene.Element;
import io.millrace.inference.poster.render.Scene.Layer;
import io.millrace.inference.poster.scene.Pictures;
import io.millrace.inference.poster.type.Typesetter;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.task.ErrorCode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Function {@code render}: a poster's picture from its scene, which {@code params.scene} refers to. No model has a part in it, so the
 * same scene gives the same picture. The result has the fields of a poster's result that are known from a scene.
 */
public final class RenderFunction implements PhaseFunction {
    private static final ObjectMapper READER = new ObjectMapper();
    private static final int THUMBNAIL = 480;
    /** WCAG 2.1, 1.4.3, for large text. */
    private static final double LEAST_CONTRAST = 3;

    private final Typesetter typesetter;

    public RenderFunction(Typesetter typesetter) {
        this.typesetter = typesetter;
    }

    @Override
    public String name() {
        return "render";
    }

    @Override
    public String version() {
        return "scene/3";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        String reference = input.params().path("scene").asText("");
        Scene scene = Scene.read(read(reference, context));
        Stage stage = new Stage(scene, context, typesetter);
        ScenePainter painter = new ScenePainter(scene, stage, context);
        BufferedImage poster = painter.paint();
        context.tick(0.6, "");
        context.checkWanted();
        String picture = Phases.store(context, Pictures.png(poster));
        double scale = Math.min(1, THUMBNAIL / (double) Math.max(poster.getWidth(), poster.getHeight()));
        BufferedImage small = Pictures.scaled(poster, (int) Math.max(1, Math.round(poster.getWidth() * scale)), (int)
                Math.max(1, Math.round(poster.getHeight() * scale)));
        String thumbnail = Phases.store(context, Pictures.jpeg(small));
        ObjectNode result = Json.object();
        result.put("poster_id", scene.posterId());
        result.put("preview", thumbnail);
        ArrayNode images = result.putArray("images");
        image(images, "poster", picture, poster, "image/png");
        image(images, "thumbnail", thumbnail, small, "image/jpeg");
        layers(result, scene);
        texts(result, stage, painter.contrasts());
        result.putObject("generation_params").put("scene", reference);
        result.putObject("model_info")
                .put("renderer", "scene of layers and elements")
                .put("font", Typefaces.FAMILY);
        return new PhaseOutput(result, facts(result, picture, thumbnail));
    }

    private static JsonNode read(String reference, PhaseContext context) throws PhaseFailure {
        try {
            return READER.readTree(context.artifacts().read(ArtifactRef.parse(reference)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw PhaseFailure.badInput(
                    "scene", "must refer to the scene of a poster, as POST /posters/{id}/render makes it");
        } catch (IOException e) {
            throw new PhaseFailure(ErrorCode.UNAVAILABLE, "artifact store: " + e.getMessage());
        }
    }

    private static void image(ArrayNode images, String kind, String artifact, BufferedImage picture, String type) {
        images.addObject()
                .put("kind", kind)
                .put("url", artifact)
                .put("width", picture.getWidth())
                .put("height", picture.getHeight())
                .put("media_type", type);
    }

    private static void layers(ObjectNode result, Scene scene) {
        ArrayNode layers = result.putArray("layers");
        ArrayNode editable = result.putArray("editable_elements");
        for (Layer layer : scene.layers()) {
            layers.addObject()
                    .put("id", layer.id())
                    .put("name", layer.name())
                    .put("type", layer.type())
                    .put("opacity", layer.opacity())
                    .put("blend_mode", layer.blendMode())
                    .put("visible", layer.visible());
            layer.elements().stream().map(Element::id).forEach(editable::add);
        }
    }

    /** What was measured on the picture, and what its maker may want to look at again. */
    private static void texts(ObjectNode result, Stage stage, Map<String, Double> contrasts) {
        double least = contrasts.values().stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(21);
        ObjectNode scores = result.putObject("quality_scores");
        scores.put("texts", stage.blocks().size()).put("least_contrast", hundredth(least));
        ArrayNode warnings = result.putArray("warnings");
        for (Map.Entry<String, TextBlock> text : stage.blocks().entrySet()) {
            double contrast = contrasts.getOrDefault(text.getKey(), 21.0);
            if (contrast < LEAST_CONTRAST) {
                warnings.addObject()
                        .put("element_id", text.getKey())
                        .put("code", "low_contrast")
                        .put("value", hundredth(contrast));
            }
            if (!text.getValue().asWished()) {
                warnings.addObject()
                        .put("element_id", text.getKey())
                        .put("code", "text_shrunk")
                        .put("value", hundredth(text.getValue().setting().size()));
            }
        }
    }

    private static Map<String, String> facts(ObjectNode result, String picture, String thumbnail) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("poster", picture);
        facts.put("thumbnail", thumbnail);
        double least = result.path("quality_scores").path("least_contrast").asDouble();
        facts.put("least_contrast", String.format(Locale.ROOT, "%.2f", least));
        facts.put("warnings", Integer.toString(result.path("warnings").size()));
        return facts;
    }

    private static double hundredth(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
