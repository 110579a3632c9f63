package io.millrace.edge.submit.type;

import io.millrace.edge.body.Fields;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code images} (1 to 200 references, or {image, name}), {@code model} (a trained classifier whose labels count too), {@code threshold} (0 to
 * 1), {@code limit} (1 to 30).
 */
final class TagParams implements TypeParams {
    @Override
    public ObjectNode read(Fields fields, boolean whole) {
        return new Taken(fields, whole)
                .pictures("images", 200)
                .artifact("model")
                .decimal("threshold", 0, 1)
                .number("limit", 1, 30)
                .require("images", "Upload pictures and send their artifacts, as sha256:HEX.")
                .params();
    }
}
