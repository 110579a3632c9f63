package io.millrace.edge.element;

import io.millrace.edge.Json;
import io.millrace.edge.body.Fields;
import io.millrace.edge.edit.Addresses;
import io.millrace.edge.edit.FreeForm;
import io.millrace.edge.layer.LayerBody;
import io.millrace.edge.problem.FieldProblem;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks elements: {@code layer_id, type} (text, image, shape, group)<code>, order, transform, style, content, locked, visible,
 * selectable</code>. Lengths are pixels of the poster, angles degrees clockwise.
 */
final class ElementBody {
    static final List<String> TYPES = List.of("text", "image", "shape", "group");
    static final List<String> EDITABLE =
            List.of("layer_id", "type", "order", "transform", "style", "content", "locked", "visible", "selectable");
    private static final List<String> PARTS = List.of("transform", "style", "content");
    private static final Pattern PATH = Pattern.compile("[MmLlHhVvCcSsQqTtAaZz0-9eE+.,\\s-]*");
    private static final int MAX_TEXT = 2_000;
    private static final int MAX_PATH = 20_000;
    private static final int MAX_CHILDREN = 200;
    private static final double FAR = 100_000;

    private final Addresses addresses;
    private final List<FieldProblem> problems;
    private final boolean strict;

    /**
     * @param strict whether fields of transform, style and content that are not known are refused; what workers hand in may hold
     *     some, and is kept
     */
    ElementBody(Addresses addresses, List<FieldProblem> problems, boolean strict) {
        this.addresses = addresses;
        this.problems = problems;
        this.strict = strict;
    }

    /** A new element with an id of its own and all its fields; what is wrong is among the problems. */
    ObjectNode fresh(ObjectNode body, String path) {
        Fields fields = new Fields(body, path, problems);
        check(fields);
        for (String name : List.of("layer_id", "type")) {
            if (!fields.has(name)) {
                fields.complain(
                        name, "is missing", name.equals("type") ? "Send one of " + TYPES + "." : "Name a layer.");
            }
        }
        fields.refuseUnknown();
        ObjectNode element = Json.object()
                .put("id", "elem_" + UUID.randomUUID())
                .put("layer_id", "")
                .put("type", "");
        PARTS.forEach(element::putObject);
        element.put("locked", false).put("visible", true).put("selectable", true);
        EDITABLE.stream().filter(body::hasNonNull).forEach(name -> element.set(name, body.get(name)));
        return element;
    }

    /** An element as a whole, after an edit: nothing may be missing. */
    void checkWhole(ObjectNode element) {
        Fields fields = new Fields(element, "", problems);
        for (String name : EDITABLE) {
            if (!fields.has(name)) {
                fields.complain(name, "cannot be removed", "Send a value, or leave the field out to keep what it is.");
            }
        }
        check(fields);
    }

    private void check(Fields fields) {
        String layer = fields.text("layer_id", 1, 64);
        if (layer != null && !LayerBody.isId(layer)) {
            fields.complain("layer_id", "is no id of a layer", "Send 1 to 64 of A-Z a-z 0-9 . _ : -");
        }
        fields.oneOf("type", TYPES);
        fields.number("order", -10_000, 10_000);
        transform(fields.object("transform"));
        new StyleFields(addresses, problems, strict).check(fields.object("style"));
        content(fields.object("content"));
        PARTS.forEach(name -> FreeForm.check(fields, name));
        fields.flag("locked");
        fields.flag("visible");
        fields.flag("selectable");
    }

    private void transform(@Nullable Fields transform) {
        if (transform == null) {
            return;
        }
        transform.decimal("x", -FAR, FAR);
        transform.decimal("y", -FAR, FAR);
        transform.decimal("width", 0, FAR);
        transform.decimal("height", 0, FAR);
        transform.decimal("rotation", -3_600, 3_600);
        transform.decimal("scale_x", -100, 100);
        transform.decimal("scale_y", -100, 100);
        transform.decimal("skew_x", -89, 89);
        transform.decimal("skew_y", -89, 89);
        close(transform);
    }

    private void content(@Nullable Fields content) {
        if (content == null) {
            return;
        }
        content.text("text", 0, MAX_TEXT);
        addresses.read(content, "image_url");
        content.matching(
                "shape_type",
                value -> value.asString("").matches("[a-z][a-z_]{0,49}"),
                "is no kind of shape",
                "Send as rect, rounded_rect, ellipse or path.");
        content.matching(
                "shape_path",
                value -> value.isString()
                        && value.stringValue().length() <= MAX_PATH
                        && PATH.matcher(value.stringValue()).matches(),
                "is no SVG path",
                "Send the commands M L H V C S Q T A Z with numbers, at most " + MAX_PATH + " characters.");
        content.decimal("radius", 0, FAR);
        content.matching(
                "view_box",
                value -> value.asString("")
                        .matches("(-?[0-9]{1,9}(\\.[0-9]{1,6})? ){2}[0-9]{1,9}(\\.[0-9]{1,6})?"
                                + " [0-9]{1,9}(\\.[0-9]{1,6})?"),
                "is no view box",
                "Send x, y, width and height, as \"0 0 100 100\".");
        List<JsonNode> children = content.list("children", MAX_CHILDREN);
        for (int i = 0; i < children.size(); i++) {
            if (!children.get(i).asString("").matches("[\\x21-\\x7e]{1,64}")) {
                content.complain("children[" + i + "]", "is no id of an element", "Send ids of elements.");
            }
        }
        content.text("name", 0, 100);
        close(content);
    }

    private void close(Fields fields) {
        if (strict) {
            fields.refuseUnknown();
        }
    }
}
