package io.millrace.inference.poster.finalize;

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
import io.millrace.inference.poster.background.Background;
import io.millrace.inference.poster.elements.Elements;
import io.millrace.inference.poster.elements.ElementsFunction;
import io.millrace.inference.poster.export.Formats;
import io.millrace.inference.poster.export.LayeredPictures;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.intent.TextItem;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.refine.BestRound;
import io.millrace.inference.poster.scene.Pictures;
import io.millrace.inference.poster.text.Lettering;
import io.millrace.inference.poster.text.Letters;
import io.millrace.inference.poster.type.Typesetter;
import io.millrace.schemas.task.TaskId;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Phase {@code finalize}: the poster's pictures, and its layers and elements as data. */
public final class FinalizeFunction implements PhaseFunction {
    private static final int THUMBNAIL = 480;
    private static final int TITLE = 200;

    private final Letters letters;

    public FinalizeFunction(Typesetter typesetter) {
        letters = new Letters(typesetter);
    }

    @Override
    public String name() {
        return "finalize";
    }

    @Override
    public String version() {
        return "poster/4";
    }

    @Override
    public PhaseOutput compute(PhaseInput rounds, PhaseContext context) throws PhaseFailure {
        PhaseInput input = BestRound.choose(rounds, context);
        Brief brief = Phases.brief(input);
        Lettering lettering = Phases.lettering(input);
        Background background = Phases.background(input);
        Design design = new Design(new TaskId(context.taskId()));
        design.add(brief, background.artifact(), Phases.elements(input), lettering);
        BufferedImage poster = Phases.picture(context, lettering.artifact());
        double scale = Math.min(1, THUMBNAIL / (double) Math.max(poster.getWidth(), poster.getHeight()));
        BufferedImage small = Pictures.scaled(poster, (int) Math.max(1, Math.round(poster.getWidth() * scale)), (int)
                Math.max(1, Math.round(poster.getHeight() * scale)));
        String thumbnail = Phases.store(context, Pictures.jpeg(small));

        ObjectNode result = Json.object();
        result.put("design_id", design.ids().of("design", "design"));
        result.put("poster_id", design.ids().of("poster", "poster"));
        result.put("preview", thumbnail);
        ArrayNode images = result.putArray("images");
        image(images, "poster", lettering.artifact(), poster, "image/png");
        image(images, "thumbnail", thumbnail, small, "image/jpeg");
        context.checkWanted();
        files(input, context, poster, images);
        ObjectNode data = poster(input, brief, background, design, thumbnail);
        result.set("poster", data);
        result.set("layers", design.layers());
        result.set("elements", design.elements());
        result.set("editable_elements", design.editable());
        data.put("source_url", Phases.store(context, Json.bytes(result)));
        JsonNode scores = input.require(Phases.QUALITY);
        result.set("quality_scores", scores);
        result.set("generation_params", generation(input, brief, background));
        result.set("model_info", models(background));
        return new PhaseOutput(
                result,
                Map.of(
                        "poster", lettering.artifact(),
                        "thumbnail", thumbnail,
                        "layers", Integer.toString(design.layers().size()),
                        "editable_elements", Integer.toString(design.editable().size()),
                        "overall", scores.path("overall").asText()));
    }

    /** The other files that were asked for. */
    private void files(PhaseInput input, PhaseContext context, BufferedImage poster, ArrayNode images)
            throws PhaseFailure {
        Set<String> formats = Formats.read(input.params().path("formats"));
        Elements elements = Phases.elements(input);
        LayeredPictures layered = new LayeredPictures(elements, Phases.lettering(input), letters);
        if (formats.contains("jpeg")) {
            image(images, "jpeg", Phases.store(context, Pictures.jpeg(poster)), poster, "image/jpeg");
        }
        BufferedImage background =
                Phases.picture(context, Phases.background(input).artifact());
        Map<String, BufferedImage> placed = ElementsFunction.pictures(elements.ornaments(), elements.panels(), context);
        if (formats.contains("svg")) {
            Map<String, byte[]> embedded = new HashMap<>();
            placed.forEach((name, picture) -> embedded.put(name, Pictures.png(picture)));
            byte[] under = Pictures.jpeg(Pictures.opaque(background));
            String svg = layered.svg(poster, title(Phases.brief(input)), under, embedded);
            String stored = Phases.store(context, svg.getBytes(StandardCharsets.UTF_8));
            image(images, "svg", stored, poster, "image/svg+xml");
        }
        if (formats.contains("psd")) {
            String stored = Phases.store(context, layered.psd(poster, background, placed));
            image(images, "psd", stored, poster, "image/vnd.adobe.photoshop");
        }
    }

    private static String title(Brief brief) {
        return brief.texts().stream()
                .filter(text -> text.role() == Role.HEADLINE)
                .map(TextItem::content)
                .findFirst()
                .orElse(brief.occasion().label());
    }

    private static void image(ArrayNode images, String kind, String artifact, BufferedImage picture, String type) {
        images.addObject()
                .put("kind", kind)
                .put("url", artifact)
                .put("width", picture.getWidth())
                .put("height", picture.getHeight())
                .put("media_type", type);
    }

    private static ObjectNode poster(
            PhaseInput input, Brief brief, Background background, Design design, String thumbnail) throws PhaseFailure {
        String title = title(brief);
        ObjectNode poster = Json.object();
        poster.put("id", design.ids().of("poster", "poster"));
        poster.put("title", title.substring(0, Math.min(TITLE, title.length())));
        poster.put("description", input.params().path("prompt").asText(""));
        poster.put("width", brief.canvas().width()).put("height", brief.canvas().height());
        poster.put("background", background.artifact());
        poster.put("preview_url", thumbnail);
        ObjectNode metadata = poster.putObject("metadata");
        metadata.put("style", brief.style().label());
        brief.colors().forEach(colour -> metadata.withArray("/color_scheme").add(colour.toString()));
        ArrayNode fonts = metadata.putArray("fonts");
        Phases.lettering(input).texts().stream()
                .map(line -> line.setting().weight().family())
                .distinct()
                .forEach(fonts::add);
        metadata.putArray("tags")
                .add(brief.occasion().label())
                .add(brief.style().label())
                .add(brief.language());
        metadata.set("ai_params", generation(background));
        return poster;
    }

    private static ObjectNode generation(Background background) {
        ObjectNode params = Json.object();
        params.put("model", background.model()).put("pattern_seed", background.patternSeed());
        params.put("candidates", background.candidates());
        params.set("palette", Json.write(background.palette()));
        return params;
    }

    private static ObjectNode generation(PhaseInput input, Brief brief, Background background) throws PhaseFailure {
        Layout layout = Phases.layout(input);
        ObjectNode params = generation(background);
        params.put("seed", brief.canvas().seed());
        params.put("style", brief.style().label())
                .put("occasion", brief.occasion().label());
        params.put("tone", brief.mood().tone()).put("audience", brief.mood().audience());
        params.put("look", background.look());
        params.put("topic", brief.topic()).put("language", brief.language());
        params.put("layout", layout.family());
        params.put(
                "refinements",
                input.result(Phases.REFINE)
                        .map(node -> node.path("round").asInt())
                        .orElse(0));
        return params;
    }

    private static ObjectNode models(Background background) {
        ObjectNode models = Json.object();
        models.put("intent", "bge-small-zh-v1.5 (quantized ONNX, DJL)");
        models.put("background", background.model() + ": procedural-neural pattern, TorchScript, DJL");
        models.put("ocr", "PP-OCRv4 (ONNX, DJL)");
        models.put("font", Typefaces.FAMILY + " and display faces, see fonts");
        return models;
    }
}
