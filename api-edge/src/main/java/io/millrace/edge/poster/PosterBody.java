package io.millrace.edge.poster;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Fields;
import io.millrace.edge.edit.Addresses;
import io.millrace.edge.edit.FreeForm;
import io.millrace.edge.layer.LayerBody;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks posters: {@code title} (200 characters), {@code description} (4000), {@code width, height} (1 to 100,000 pixels), {@code
 * background} (a colour, a gradient or a picture; 500), {@code preview_url, source_url, metadata} {style, color_scheme, fonts, tags,
 * ai_params}.
 */
final class PosterBody {
    static final List<String> EDITABLE =
            List.of("title", "description", "width", "height", "background", "preview_url", "source_url", "metadata");
    private static final int MAX_LAYERS = 200;

    private final Addresses addresses;
    private final List<FieldProblem> problems;

    PosterBody(Addresses addresses, List<FieldProblem> problems) {
        this.addresses = addresses;
        this.problems = problems;
    }

    /** A new poster of somebody's, with an id of its own. @throws Problem 400 naming every wrong field */
    static ObjectNode fresh(Caller caller, String ownerId, ObjectNode body, Addresses addresses) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(body, "", problems);
        fields.text("task_id", 0, 64);
        layers(fields);
        for (String side : List.of("width", "height")) {
            if (!fields.has(side)) {
                fields.complain(side, "is missing", "Send a whole number of pixels.");
            }
        }
        // What workers add to metadata is kept; people are told when they mistype a name.
        new PosterBody(addresses, problems).check(fields, caller.role() != Caller.Role.SERVICE);
        fields.refuseUnknown();
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        ObjectNode poster =
                Json.object().put("id", "poster_" + UUID.randomUUID()).put("user_id", ownerId);
        poster.put("task_id", body.path("task_id").asString(null));
        for (String name : List.of("title", "description", "background", "preview_url", "source_url")) {
            poster.put(name, body.path(name).asString(""));
        }
        poster.put("width", body.path("width").asInt())
                .put("height", body.path("height").asInt());
        poster.set("metadata", body.path("metadata") instanceof ObjectNode metadata ? metadata : Json.object());
        return poster;
    }

    private static void layers(Fields fields) {
        List<JsonNode> layers = fields.list("layers", MAX_LAYERS);
        for (int i = 0; i < layers.size(); i++) {
            if (!LayerBody.isId(layers.get(i).asString(""))) {
                fields.complain("layers[" + i + "]", "is no id of a layer", "Send ids of layers that are there.");
            }
        }
    }

    /** A poster as a whole, after an edit. */
    void checkWhole(ObjectNode poster) {
        Fields fields = new Fields(poster, "", problems);
        for (String name : List.of("width", "height", "metadata")) {
            if (!fields.has(name)) {
                fields.complain(name, "cannot be removed", "Send a value, or leave the field out to keep what it is.");
            }
        }
        check(fields, true);
    }

    private void check(Fields fields, boolean strict) {
        fields.text("title", 0, 200);
        fields.text("description", 0, 4_000);
        fields.number("width", 1, 100_000);
        fields.number("height", 1, 100_000);
        String background = fields.text("background", 0, 500);
        if (background != null && background.matches("(?s)(https?:|sha256:|/api/).*")) {
            addresses.read(fields, "background");
        }
        addresses.read(fields, "preview_url");
        addresses.read(fields, "source_url");
        metadata(fields.object("metadata"), strict);
        FreeForm.check(fields, "metadata");
    }

    private static void metadata(@Nullable Fields metadata, boolean strict) {
        if (metadata == null) {
            return;
        }
        metadata.text("style", 0, 100);
        for (String name : List.of("color_scheme", "fonts", "tags")) {
            List<JsonNode> texts = metadata.list(name, 50);
            for (int i = 0; i < texts.size(); i++) {
                if (!texts.get(i).isString() || texts.get(i).stringValue().length() > 100) {
                    metadata.complain(name + "[" + i + "]", "is no short text", "Send at most 100 characters.");
                }
            }
        }
        metadata.object("ai_params");
        if (strict) {
            metadata.refuseUnknown();
        }
    }
}
