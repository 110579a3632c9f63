package io.millrace.edge.submit.type;

import io.millrace.edge.body.Fields;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code prompt} (1 to 2000 characters), {@code config_id}, {@code override} {}, {@code model}, {@code size} (256 to 4096), {@code count} (1 to 16),
 * {@code seed} or {@code seeds} (at most 16), {@code look}, {@code style}, {@code color_scheme}.
 */
final class GenerateParams implements TypeParams {
    private static final int MAX_COUNT = 16;

    @Override
    public ObjectNode read(Fields fields, boolean whole) {
        Taken taken = parameters(fields, whole).text("config_id", 64);
        boolean prompted = fields.has("prompt");
        Fields override = fields.object("override");
        if (override != null) {
            prompted |= override.has("prompt");
            taken.value("override", parameters(override, false).params());
            override.refuseUnknown();
        }
        return prompted
                ? taken.params()
                : taken.require("prompt", "Say what the pictures are for.").params();
    }

    private static Taken parameters(Fields fields, boolean whole) {
        Taken taken = new Taken(fields, whole)
                .text("prompt", 2_000)
                .text("model", 64)
                .size(256, 4_096)
                .number("count", 1, MAX_COUNT)
                .seed()
                .oneOf("look", "paper", "flat", "calm", "flow", "terrain", "marble")
                .oneOf("style", "business", "cartoon", "minimalist")
                .colours("color_scheme", 12);
        if (fields.has("seeds")) {
            ArrayNode into = taken.params().putArray("seeds");
            List<JsonNode> seeds = fields.list("seeds", MAX_COUNT);
            for (int i = 0; i < seeds.size(); i++) {
                if (seeds.get(i).isIntegralNumber() && seeds.get(i).canConvertToLong()) {
                    into.add(seeds.get(i));
                } else {
                    fields.complain("seeds[" + i + "]", "must be a whole number", "Send one seed for each picture.");
                }
            }
        } else {
            fields.value("seeds");
        }
        return taken;
    }
}
