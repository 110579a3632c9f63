package io.millrace.edge.submit.type;

import io.millrace.edge.body.Fields;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Either {@code text} or {@code texts} (at most 200) with {@code labels} (2 to 100, each a text or {label, examples[]}), or {@code images} (1
 * to 100 references) with {@code model} (what a train task made).
 */
final class ClassifyParams implements TypeParams {
    private static final int MAX_LABELS = 100;
    private static final String LABELS_REMEDY = "Send 2 to 100 labels, each a text or {label, examples[]}.";

    @Override
    public ObjectNode read(Fields fields, boolean whole) {
        Taken taken = new Taken(fields, whole)
                .text("text", 4_000)
                .texts("texts", 200, 4_000)
                .pictures("images", 100)
                .artifact("model");
        boolean words = fields.has("text") || fields.has("texts");
        if (words && fields.has("images")) {
            fields.complain("images", "stand beside texts", "Send texts with labels, or images with a model.");
        }
        if (!words && !fields.has("images")) {
            taken.require("texts", "Send texts with labels, or images with the model of a train task.");
        }
        if (fields.has("labels")) {
            labels(fields, taken.params().putArray("labels"));
        } else if (words) {
            taken.require("labels", LABELS_REMEDY);
        }
        fields.value("labels");
        if (fields.has("images")) {
            taken.require("model", "Send the model of a train task's result, as sha256:HEX or as the link it came as.");
        }
        return taken.params();
    }

    private static void labels(Fields fields, ArrayNode into) {
        List<JsonNode> labels = fields.list("labels", MAX_LABELS);
        if (labels.size() == 1) {
            fields.complain("labels", "are fewer than two", LABELS_REMEDY);
        }
        for (int i = 0; i < labels.size(); i++) {
            JsonNode label = labels.get(i);
            JsonNode name = label.isObject() ? label.path("label") : label;
            if (!name.isString()
                    || name.stringValue().isBlank()
                    || name.stringValue().length() > 200) {
                fields.complain("labels[" + i + "]", "is no label", LABELS_REMEDY);
            } else {
                into.add(label);
            }
        }
    }
}
