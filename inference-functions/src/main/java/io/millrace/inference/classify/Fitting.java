package io.millrace.inference.classify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Excerpt;
import io.millrace.inference.data.Json;
import java.util.List;

/** Makes a result fit: 200 texts with long labels would outgrow what a result may hold, after all the work. */
final class Fitting {
    /** Characters of a text that stand beside its place; the caller has the whole. */
    static final int EXCERPT = 200;
    /** Labels whose scores stand in an item. */
    static final int SHOWN = 10;

    /** A result has 256 KiB, the model's name and the like included. */
    private static final int MAX_BYTES = 240 << 10;

    private static final List<Cut> CUTS = List.of(new Cut(5, EXCERPT), new Cut(3, 100), new Cut(1, 40), new Cut(0, 20));

    private record Cut(int scores, int characters) {}

    private Fitting() {}

    /** Shortens scores and texts of all items alike, as little as will do; labels and counts stay. */
    static void fit(ObjectNode output) {
        for (Cut cut : CUTS) {
            if (Json.bytes(output).length <= MAX_BYTES) {
                return;
            }
            output.path("items").forEach(item -> shorten((ObjectNode) item, cut));
        }
    }

    private static void shorten(ObjectNode item, Cut cut) {
        if (item.path("scores") instanceof ArrayNode scores) {
            while (scores.size() > cut.scores()) {
                scores.remove(scores.size() - 1);
            }
        }
        JsonNode text = item.path("text");
        if (text.isTextual()) {
            item.put("text", Excerpt.of(text.asText(), cut.characters()));
        }
    }
}
