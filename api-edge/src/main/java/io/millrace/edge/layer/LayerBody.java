package io.millrace.edge.layer;

import io.millrace.edge.Json;
import io.millrace.edge.body.Fields;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.artifact.ArtifactRef;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads layers: {@code name} (1 to 100 characters), {@code type} (background, content, decoration), {@code order} (-10000 to 10000),
 * {@code opacity} (0 to 1), {@code blend_mode}, {@code locked}, {@code visible}.
 */
public final class LayerBody {
    /** Of layers and of elements: the modes of the CSS compositing module that blend each channel by itself. */
    public static final List<String> BLEND_MODES = List.of(
            "normal",
            "multiply",
            "screen",
            "overlay",
            "darken",
            "lighten",
            "color_dodge",
            "color_burn",
            "hard_light",
            "soft_light",
            "difference",
            "exclusion");

    static final List<String> TYPES = List.of("background", "content", "decoration");
    static final List<String> EDITABLE = List.of("name", "type", "order", "opacity", "blend_mode", "locked", "visible");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private LayerBody() {}

    /** Whether the text may be the id of a layer. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** A new layer with all its fields. @throws Problem 400 naming every wrong one */
    static ObjectNode fresh(ObjectNode body) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(body, "", problems);
        String id = fields.text("id", 1, 64);
        if (id != null && !isId(id)) {
            fields.complain("id", "is no id of a layer", "Send 1 to 64 of A-Z a-z 0-9 . _ : -, or leave it out.");
        }
        fields.text("poster_id", 1, 64);
        check(fields);
        fields.refuseUnknown();
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        String known = id == null ? "layer_" + UUID.randomUUID() : id;
        ObjectNode layer = Json.object()
                .put("id", known)
                .put("name", "Layer " + known)
                .put("type", "content")
                .put("order", 0)
                .put("opacity", 1.0)
                .put("blend_mode", "normal")
                .put("locked", false)
                .put("visible", true);
        EDITABLE.stream().filter(body::hasNonNull).forEach(name -> layer.set(name, body.get(name)));
        return layer;
    }

    static void check(Fields fields) {
        String name = fields.text("name", 1, 100);
        if (name != null && ArtifactRef.isReference(name.strip())) {
            fields.complain("name", "reads like a reference to an artifact", "Send another name.");
        }
        fields.oneOf("type", TYPES);
        fields.number("order", -10_000, 10_000);
        fields.decimal("opacity", 0, 1);
        fields.oneOf("blend_mode", BLEND_MODES);
        fields.flag("locked");
        fields.flag("visible");
    }

    /** A layer as a whole, after an edit: nothing may be missing. */
    static void checkWhole(ObjectNode layer, List<FieldProblem> problems) {
        Fields fields = new Fields(layer, "", problems);
        for (String name : EDITABLE) {
            if (!fields.has(name)) {
                fields.complain(name, "cannot be removed", "Send a value, or leave the field out to keep what it is.");
            }
        }
        check(fields);
    }
}
