package io.millrace.edge.edit;

import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.body.MergePatch;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request wants to be different. PUT replaces each field it gives as a whole; PATCH is a JSON Merge Patch (RFC 7396). Fields that
 * nobody may change are taken when they say what is there already, so that what was read can be sent back.
 *
 * @param body as it was sent
 * @param patch whether it is a merge patch
 */
public record Change(ObjectNode body, boolean patch) {
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]");

    /** Checks a whole document. */
    @FunctionalInterface
    public interface Check {
        void run(ObjectNode whole, List<FieldProblem> problems);
    }

    /**
     * The document with the change laid over it. What the change leaves alone may be as it is, even if it could not be written today:
     * tasks and workers know fields that people do not.
     *
     * @param current the document, with references in it
     * @param editable fields that may change
     * @param links tells a link to what is there from another one
     * @throws Problem 400 naming every wrong field
     */
    public ObjectNode over(ObjectNode current, List<String> editable, LinkSigner links, Check check) {
        List<FieldProblem> problems = new ArrayList<>();
        ObjectNode wanted = body.objectNode();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (editable.contains(field.getKey())) {
                wanted.set(field.getKey(), field.getValue());
            } else {
                requireAsItIs(field.getKey(), field.getValue(), current, editable, links, problems);
            }
        }
        ObjectNode whole = patch ? MergePatch.apply(current, wanted) : replaced(current, wanted);
        List<FieldProblem> found = new ArrayList<>();
        check.run(whole, found);
        found.stream()
                .filter(problem -> changed(current, whole, problem.field()))
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return whole;
    }

    private static ObjectNode replaced(ObjectNode current, ObjectNode wanted) {
        ObjectNode whole = current.deepCopy();
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            whole.set(field.getKey(), field.getValue().deepCopy());
        }
        return whole;
    }

    private static void requireAsItIs(
            String name,
            JsonNode value,
            ObjectNode current,
            List<String> editable,
            LinkSigner links,
            List<FieldProblem> problems) {
        if (!current.has(name)) {
            String shown = name.length() <= 60 ? name : name.substring(0, 60) + "...";
            problems.add(new FieldProblem(
                    shown,
                    "is not a known field",
                    "Remove it. What can be changed: " + String.join(", ", editable) + "."));
        } else if (!value.equals(current.path(name)) && !sameNumber(value, current.path(name))) {
            boolean sameLink = value.isString()
                    && links.target(value.stringValue())
                            .map(ref -> ref.toString().equals(current.path(name).asString("")))
                            .orElse(false);
            if (!sameLink) {
                problems.add(new FieldProblem(
                        name,
                        "cannot be changed",
                        "Leave it out. What can be changed: " + String.join(", ", editable) + "."));
            }
        }
    }

    private static boolean sameNumber(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber() && one.asDouble() == other.asDouble();
    }

    /** Whether the value at a path of a complaint, as {@code style.filters[2].type}, is another one than before. */
    private static boolean changed(ObjectNode current, ObjectNode whole, String path) {
        JsonPointer pointer = pointer(path);
        JsonNode now = whole.at(pointer);
        return now.isMissingNode() || !now.equals(current.at(pointer));
    }

    private static JsonPointer pointer(String path) {
        JsonPointer pointer = JsonPointer.empty();
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            pointer = step.group(1) != null
                    ? pointer.appendProperty(step.group(1))
                    : pointer.appendIndex(Integer.parseInt(step.group(2)));
        }
        return pointer;
    }
}
