package io.millrace.edge.submit.type;

import io.millrace.edge.body.Fields;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code samples} (4 to 500 {image, label}), {@code validation} (0 to 0.5), {@code epochs} (1 to 200), {@code learning_rate} (0.00001 to 0.1), {@code
 * batch_size} (1 to 128), {@code hidden} (8 to 512), {@code seed}, {@code name}.
 */
final class TrainParams implements TypeParams {
    private static final int MIN_SAMPLES = 4;
    private static final int MAX_SAMPLES = 500;
    private static final String REMEDY =
            "Send 4 to 500 {image, label}; each image the artifact of an upload, as sha256:HEX.";

    @Override
    public ObjectNode read(Fields fields, boolean whole) {
        Taken taken = new Taken(fields, whole)
                .text("name", 60)
                .decimal("validation", 0, 0.5)
                .number("epochs", 1, 200)
                .decimal("learning_rate", 0.00001, 0.1)
                .number("batch_size", 1, 128)
                .number("hidden", 8, 512)
                .seed()
                .require("samples", REMEDY);
        List<JsonNode> samples = fields.list("samples", MAX_SAMPLES);
        if (fields.node().path("samples").isArray()
                && samples.size() < MIN_SAMPLES
                && fields.node().path("samples").size() < MIN_SAMPLES) {
            fields.complain("samples", "are " + samples.size(), REMEDY);
        }
        if (!samples.isEmpty()) {
            samples(fields, samples, taken.params().putArray("samples"));
        }
        return taken.params();
    }

    private static void samples(Fields fields, List<JsonNode> samples, ArrayNode into) {
        for (int i = 0; i < samples.size(); i++) {
            String image = Taken.reference(samples.get(i).path("image"));
            JsonNode label = samples.get(i).path("label");
            if (image == null) {
                fields.complain("samples[" + i + "].image", "is no reference to an artifact", REMEDY);
            } else if (!label.isString()
                    || label.stringValue().isBlank()
                    || label.stringValue().length() > 60) {
                fields.complain("samples[" + i + "].label", "must be a text", "Send 1 to 60 characters.");
            } else {
                into.addObject()
                        .put("image", image)
                        .put("label", label.stringValue().strip());
            }
        }
    }
}
