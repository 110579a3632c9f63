package io.millrace.inference.classify;

import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Excerpt;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.model.head.Head;
import io.millrace.inference.model.vision.VisionModel;
import io.millrace.inference.picture.Uploaded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Phase {@code classify}. Either {@code text} or {@code texts} [1 to 200] with {@code labels} [2 to 100], each a text or {label, examples[]};
 * or {@code images} [1 to 100 references] with {@code model}, the classifier a train task made. Result: {@code items[] {index, text | image,
 * label, score, scores[]}, counts {label: n}, model_info}; {@code text} is the beginning of the text, see {@link Fitting}.
 */
public final class ClassifyFunction implements PhaseFunction {
    private static final int MAX_TEXTS = 200;
    private static final int MAX_IMAGES = 100;
    private static final int MAX_CHARACTERS = 4_000;
    private static final int TOGETHER = 8;

    private final SentenceEmbedder embedder;
    private final VisionModel vision;

    public ClassifyFunction(SentenceEmbedder embedder, VisionModel vision) {
        this.embedder = embedder;
        this.vision = vision;
    }

    @Override
    public String name() {
        return "classify";
    }

    @Override
    public String version() {
        return "classify-2/" + embedder.version() + "/" + vision.version();
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        JsonNode params = input.params();
        boolean pictures = params.hasNonNull("images");
        if (pictures == (params.hasNonNull("text") || params.hasNonNull("texts"))) {
            throw PhaseFailure.badInput("texts", "or images must be given, one of the two");
        }
        try {
            return pictures ? pictures(params, context) : texts(params, context);
        } catch (TranslateException e) {
            throw PhaseFailure.modelError(e);
        }
    }

    private PhaseOutput texts(JsonNode params, PhaseContext context) throws PhaseFailure, TranslateException {
        List<String> texts = new ArrayList<>();
        if (params.hasNonNull("text")) {
            texts.add(text(params.path("text"), "text"));
        }
        for (int i = 0; i < params.path("texts").size(); i++) {
            texts.add(text(params.path("texts").get(i), "texts[" + i + "]"));
        }
        if (texts.isEmpty() || texts.size() > MAX_TEXTS) {
            throw PhaseFailure.badInput("texts", "must be a list of 1 to " + MAX_TEXTS + " texts");
        }
        TextLabels labels = TextLabels.read(params.path("labels"), embedder);
        ObjectNode output = Json.object();
        ArrayNode items = output.putArray("items");
        Map<String, Integer> counts = new TreeMap<>();
        for (int from = 0; from < texts.size(); from += TOGETHER) {
            context.checkWanted();
            List<String> some = texts.subList(from, Math.min(texts.size(), from + TOGETHER));
            List<float[]> vectors = embedder.embed(some);
            for (int i = 0; i < some.size(); i++) {
                Scored scored = labels.scored(vectors.get(i));
                ObjectNode item =
                        items.addObject().put("index", from + i).put("text", Excerpt.of(some.get(i), Fitting.EXCERPT));
                scored.write(item, Fitting.SHOWN);
                counts.merge(scored.best(), 1, Integer::sum);
            }
            context.tick(items.size() / (double) texts.size(), items.size() + " of " + texts.size() + " texts");
        }
        output.putObject("model_info")
                .put("model", "bge-small-zh-v1.5 (quantized ONNX, DJL)")
                .put("method", "zero-shot: nearest label by meaning; scores compare the labels given and nothing else");
        return finished(output, counts);
    }

    private static String text(JsonNode value, String field) throws PhaseFailure {
        String text = value.isTextual() ? value.asText().strip() : "";
        if (text.isEmpty() || text.length() > MAX_CHARACTERS) {
            throw PhaseFailure.badInput(field, "must be a text of 1 to " + MAX_CHARACTERS + " characters");
        }
        return text;
    }

    private PhaseOutput pictures(JsonNode params, PhaseContext context) throws PhaseFailure, TranslateException {
        JsonNode images = params.path("images");
        if (!images.isArray() || images.isEmpty() || images.size() > MAX_IMAGES) {
            throw PhaseFailure.badInput("images", "must be a list of 1 to " + MAX_IMAGES + " references of uploads");
        }
        Head head = TrainedHead.read(context, params.path("model").asText(""), vision.version());
        ObjectNode output = Json.object();
        ArrayNode items = output.putArray("items");
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < images.size(); i++) {
            context.checkWanted();
            String ref = images.get(i).asText();
            VisionModel.Seen seen = vision.see(List.of(Uploaded.read(context, "images[" + i + "]", ref)))
                    .get(0);
            Scored scored = new Scored(head.labels(), head.scores(seen.features()));
            scored.write(items.addObject().put("index", i).put("image", ref), Fitting.SHOWN);
            counts.merge(scored.best(), 1, Integer::sum);
            context.tick((i + 1) / (double) images.size(), (i + 1) + " of " + images.size() + " pictures");
        }
        output.putObject("model_info")
                .put("model", params.path("model").asText())
                .put(
                        "method",
                        "a classifier trained on " + head.labels().size() + " labels, over the features of "
                                + vision.version() + "; every picture gets one of its labels, fitting or not");
        return finished(output, counts);
    }

    private static PhaseOutput finished(ObjectNode output, Map<String, Integer> counts) {
        ObjectNode counted = output.putObject("counts");
        counts.forEach(counted::put);
        Fitting.fit(output);
        return new PhaseOutput(
                output,
                Map.of(
                        "items", Integer.toString(output.path("items").size()),
                        "labels_used", Integer.toString(counts.size())));
    }
}
