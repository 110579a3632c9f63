package io.millrace.edge.campaign;

import io.millrace.edge.problem.FieldProblem;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A task's body with {@code {{variables}}} in its texts. A text that is nothing but one variable becomes its value, number or list
 * included; inside a longer text the value is written out.
 */
final class Template {
    static final String CUSTOM_ID = "custom_id";
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_.-]{1,64})\\s*\\}\\}");

    private final ObjectNode body;

    Template(ObjectNode body) {
        this.body = body;
    }

    /** The body of one row; a variable that the row does not have is a problem named {@code PATH.VARIABLE}. */
    ObjectNode fill(ObjectNode row, String path, List<FieldProblem> problems) {
        ObjectNode filled = (ObjectNode) filled(body, row, path, problems);
        if (row.hasNonNull(CUSTOM_ID)) {
            filled.set(CUSTOM_ID, row.get(CUSTOM_ID));
        }
        return filled;
    }

    private static JsonNode filled(JsonNode node, ObjectNode row, String path, List<FieldProblem> problems) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                copy.set(field.getKey(), filled(field.getValue(), row, path, problems));
            }
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(item -> copy.add(filled(item, row, path, problems)));
            return copy;
        }
        return node instanceof StringNode text ? text(text, row, path, problems) : node;
    }

    private static JsonNode text(StringNode node, ObjectNode row, String path, List<FieldProblem> problems) {
        Matcher matcher = VARIABLE.matcher(node.stringValue());
        if (!matcher.find()) {
            return node;
        }
        if (matcher.start() == 0 && matcher.end() == node.stringValue().length()) {
            return value(matcher.group(1), row, path, problems);
        }
        StringBuilder text = new StringBuilder();
        do {
            JsonNode value = value(matcher.group(1), row, path, problems);
            String written = value.isValueNode() ? value.asString("") : value.toString();
            matcher.appendReplacement(text, Matcher.quoteReplacement(written));
        } while (matcher.find());
        return StringNode.valueOf(matcher.appendTail(text).toString());
    }

    private static JsonNode value(String name, ObjectNode row, String path, List<FieldProblem> problems) {
        JsonNode value = row.get(name);
        if (value == null) {
            problems.add(new FieldProblem(
                    path + name, "is missing", "Give every row a value for {{" + name + "}}, null if there is none."));
            return row.nullNode();
        }
        return value;
    }
}
