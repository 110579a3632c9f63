package io.millrace.edge.submit.type;

import io.millrace.edge.body.Fields;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code goal} (or {@code prompt}; 1 to 2000 characters; may be left out beside {@code concepts}), {@code language} en | zh, {@code level}, {@code
 * duration_weeks} 1 to 104, {@code hours_per_week} 0.5 to 60, {@code topics} (at most 20), {@code seed}, {@code concepts} (at most 200).
 */
final class RoadmapParams implements TypeParams {
    private static final int MAX_CONCEPTS = 200;

    @Override
    public ObjectNode read(Fields fields, boolean whole) {
        Taken taken = new Taken(fields, whole)
                .text("goal", 2_000)
                .text("prompt", 2_000)
                .oneOf("language", "en", "zh")
                .oneOf("level", "beginner", "intermediate", "advanced")
                .number("duration_weeks", 1, 104)
                .decimal("hours_per_week", 0.5, 60)
                .texts("topics", 20, 200)
                .seed();
        if (fields.has("concepts")) {
            ArrayNode into = taken.params().putArray("concepts");
            List<JsonNode> concepts = fields.list("concepts", MAX_CONCEPTS);
            for (int i = 0; i < concepts.size(); i++) {
                JsonNode title = concepts.get(i).path("title");
                if (!title.isString() || title.stringValue().isBlank()) {
                    fields.complain(
                            "concepts[" + i + "].title",
                            "is missing",
                            "Send {title, id?, hours?, level?, prerequisites?}.");
                }
                into.add(concepts.get(i));
            }
        } else {
            fields.value("concepts");
        }
        if (!fields.has("prompt") && !fields.has("concepts")) {
            taken.require("goal", "Say what shall be learned, for example Learn Kafka in 4 weeks.");
        }
        return taken.params();
    }
}
