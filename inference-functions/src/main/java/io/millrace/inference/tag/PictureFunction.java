package io.millrace.inference.tag;

import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.classify.TrainedHead;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.head.Head;
import io.millrace.inference.model.vision.VisionModel;
import io.millrace.inference.picture.Uploaded;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Phase {@code tag_picture}, once for each picture. Parameters: {@code model} (a trained classifier whose labels count too), {@code
 * threshold} (least score, 0.3 when not given), {@code limit} (most tags, 1 to 30, 15 when not given). Result: {@code index, name, image, width, height, tags[] {tag,
 * score, source}}, best first.
 */
public final class PictureFunction implements PhaseFunction {
    private static final double THRESHOLD = 0.3;
    private static final int LIMIT = 15;
    private static final int MAX_LIMIT = 30;

    private final VisionModel vision;

    /** The network is shared. */
    public PictureFunction(VisionModel vision) {
        this.vision = vision;
    }

    @Override
    public String name() {
        return "tag_picture";
    }

    @Override
    public String version() {
        return "tag-1/" + vision.version();
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        JsonNode item = input.requireItem();
        JsonNode params = input.params();
        double threshold = params.path("threshold").asDouble(THRESHOLD);
        int limit = params.path("limit").asInt(LIMIT);
        if (threshold < 0 || threshold > 1 || limit < 1 || limit > MAX_LIMIT) {
            throw PhaseFailure.badInput("threshold", "must be 0 to 1, and limit 1 to " + MAX_LIMIT);
        }
        BufferedImage picture = Uploaded.read(
                context,
                "images[" + item.path("index") + "]",
                item.path("image").asText());
        context.checkWanted();
        List<Tag> tags = new ArrayList<>(Measured.of(picture));
        VisionModel.Seen seen = seen(picture);
        tags.addAll(Ratings.of(seen));
        if (params.hasNonNull("model")) {
            Head head = TrainedHead.read(context, params.path("model").asText(), vision.version());
            double[] scores = head.scores(seen.features());
            for (int i = 0; i < scores.length; i++) {
                tags.add(new Tag(head.labels().get(i), scores[i], Tag.MODEL));
            }
        }
        List<Tag> kept = tags.stream()
                .filter(tag -> tag.score() >= threshold)
                .sorted(Comparator.comparingDouble(Tag::score).reversed().thenComparing(Tag::tag))
                .limit(limit)
                .toList();
        ObjectNode output = Json.object();
        output.set("index", item.path("index"));
        output.set("name", item.path("name"));
        output.set("image", item.path("image"));
        output.put("width", picture.getWidth()).put("height", picture.getHeight());
        ArrayNode list = output.putArray("tags");
        kept.forEach(tag -> list.add(Json.write(tag)));
        return new PhaseOutput(output, Map.of("tags", Integer.toString(kept.size())));
    }

    private VisionModel.Seen seen(BufferedImage picture) throws PhaseFailure {
        try {
            return vision.see(List.of(picture)).get(0);
        } catch (TranslateException e) {
            throw PhaseFailure.modelError(e);
        }
    }
}
