package io.millrace.edge.submit.type;

import io.millrace.edge.body.Fields;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code title} (1 to 120 characters), {@code subtitle} (160), {@code label} (40), {@code roadmap_id}, {@code style}, {@code color_scheme}, {@code
 * size} {width, height} or "1200x675", {@code seed}; {@code attempt} is set where covers of roadmaps are tried again.
 */
final class CoverParams implements TypeParams {
    private static final Pattern SIZE = Pattern.compile("\\s*\\d{3,4}\\s*[x×*]\\s*\\d{3,4}\\s*");

    @Override
    public ObjectNode read(Fields fields, boolean whole) {
        Taken taken = new Taken(fields, whole)
                .text("title", 120)
                .text("subtitle", 160)
                .text("label", 40)
                .text("roadmap_id", 64)
                .oneOf("style", "business", "cartoon", "minimalist")
                .colours("color_scheme", 12);
        JsonNode size = fields.value("size");
        if (size != null && size.isString()) {
            taken.value(
                    "size",
                    fields.matching(
                            "size",
                            value -> SIZE.matcher(value.asString("")).matches(),
                            "is no size",
                            "Send {width, height} or a text such as 1200x675."));
        } else {
            taken.size(320, 4_096);
        }
        return taken.seed()
                .number("attempt", 0, 1_000)
                .require("title", "Say what stands on the cover.")
                .params();
    }
}
