package io.millrace.edge.submit.type;

import io.millrace.edge.body.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code image} (reference of an upload), {@code subject} {x, y, width, height: 0 to 1 of the picture}, {@code size} (64 to 4096), {@code margin}
 * (0 to 40, in hundredths of the shorter side), {@code shadow} none | soft | drop, {@code softness} (0 to 5 pixels), {@code format}.
 */
final class WhiteBackgroundParams implements TypeParams {
    @Override
    public ObjectNode read(Fields fields, boolean whole) {
        Taken taken = new Taken(fields, whole)
                .artifact("image")
                .size(64, 4_096)
                .decimal("margin", 0, 40)
                .oneOf("shadow", "none", "soft", "drop")
                .number("softness", 0, 5)
                .oneOf("format", "jpeg", "png")
                .require("image", "Upload a product picture and send its artifact, as sha256:HEX.");
        Fields subject = fields.object("subject");
        if (subject != null) {
            subject(subject, taken.params().putObject("subject"));
        }
        return taken.params();
    }

    private static void subject(Fields subject, ObjectNode into) {
        for (String name : List.of("x", "y", "width", "height")) {
            if (!subject.has(name)) {
                subject.complain(name, "is missing", "Send a number from 0 to 1.");
            }
            @Nullable
            JsonNode value = subject.matching(
                    name,
                    number -> number.isNumber() && number.doubleValue() >= 0 && number.doubleValue() <= 1,
                    "is no share of the picture",
                    "Send a number from 0 to 1.");
            if (value != null) {
                into.set(name, value);
            }
        }
        subject.refuseUnknown();
    }
}
