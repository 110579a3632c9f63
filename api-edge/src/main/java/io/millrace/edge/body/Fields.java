package io.millrace.edge.body;

import io.millrace.edge.problem.FieldProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the fields of a JSON object; what is wrong is noted with field and remedy, and reading goes on. */
public final class Fields {
    private final ObjectNode node;
    private final String path;
    private final List<FieldProblem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    public Fields(ObjectNode node, String path, List<FieldProblem> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /** The value, or null when it is absent or null. */
    @Nullable
    public JsonNode value(String name) {
        known.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** All fields that nothing has asked for, whatever they are; they count as asked for from now on. */
    public ObjectNode rest() {
        ObjectNode rest = node.deepCopy();
        rest.remove(known);
        known.addAll(node.propertyNames());
        return rest;
    }

    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** A text without control characters (line breaks and tabs aside), counted in code points; null when absent or wrong. */
    @Nullable
    public String text(String name, int min, int max) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            complain(name, "must be a text", "Send a string of " + min + " to " + max + " characters.");
            return null;
        }
        String text = value.stringValue().strip();
        int length = text.codePointCount(0, text.length());
        if (length < min || length > max) {
            complain(
                    name,
                    "has " + length + " characters",
                    "Send " + min + " to " + max + " characters, not counting spaces at either end.");
            return null;
        }
        if (text.chars().anyMatch(c -> (c < ' ' && c != '\n' && c != '\t' && c != '\r') || c == 0x7f)) {
            complain(name, "holds control characters", "Remove everything that cannot be printed.");
            return null;
        }
        return text;
    }

    /** A whole number; null when absent or wrong. */
    @Nullable
    public Long number(String name, long min, long max) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        boolean whole = value.isIntegralNumber() && value.canConvertToLong();
        if (!whole || value.longValue() < min || value.longValue() > max) {
            complain(
                    name,
                    value.isNumber() ? "is out of range: " + value : "must be a whole number",
                    "Send a whole number from " + min + " to " + max + ".");
            return null;
        }
        return value.longValue();
    }

    /** A number with or without a fraction; null when absent or wrong. */
    @Nullable
    public Double decimal(String name, double min, double max) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(number >= min && number <= max)) {
            complain(
                    name,
                    value.isNumber() ? "is out of range: " + brief(value) : "must be a number",
                    "Send a number from " + plain(min) + " to " + plain(max) + ".");
            return null;
        }
        return number;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    /** A moment: RFC 3339, or milliseconds since 1970; null when absent or wrong. */
    @Nullable
    public Long time(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        boolean millis = value.isIntegralNumber() && value.canConvertToLong() && value.longValue() > 0;
        OptionalLong time = millis ? TimeText.bounded(value.longValue()) : TimeText.parse(value.asString(""));
        if (time.isEmpty()) {
            complain(name, "is no time: " + brief(value), "Send RFC 3339, as 2026-01-31T12:00:00Z.");
            return null;
        }
        return time.getAsLong();
    }

    /** One of a few texts; null when absent or wrong. */
    @Nullable
    public String oneOf(String name, List<String> allowed) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isString() || !allowed.contains(value.stringValue())) {
            complain(
                    name,
                    "is not an allowed value: " + brief(value),
                    "Send one of " + String.join(", ", allowed) + ".");
            return null;
        }
        return value.stringValue();
    }

    @Nullable
    public Boolean flag(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            complain(name, "must be true or false", "Send true or false, without quotes.");
            return null;
        }
        return value.booleanValue();
    }

    /** A value that must satisfy a rule; null when absent or wrong. */
    @Nullable
    public JsonNode matching(String name, Predicate<JsonNode> rule, String message, String remedy) {
        JsonNode value = value(name);
        if (value != null && !rule.test(value)) {
            complain(name, message + ": " + brief(value), remedy);
            return null;
        }
        return value;
    }

    /** The items of a list; empty when absent or wrong. */
    public List<JsonNode> list(String name, int max) {
        JsonNode value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            complain(name, "must be a list", "Send a list of at most " + max + " items.");
            return List.of();
        }
        if (value.size() > max) {
            complain(name, "has " + value.size() + " items", "Send at most " + max + " items.");
            return List.of();
        }
        List<JsonNode> items = new ArrayList<>();
        value.forEach(items::add);
        return items;
    }

    /** A nested object; null when absent or wrong. */
    @Nullable
    public Fields object(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof ObjectNode object) {
            return new Fields(object, path + name + ".", problems);
        }
        complain(name, "must be an object", "Send an object with named fields.");
        return null;
    }

    public void complain(String name, String message, String remedy) {
        problems.add(new FieldProblem(path + name, message, remedy));
    }

    /** Complains about every field that nobody asked for. */
    public void refuseUnknown() {
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                complain(
                        brief(name),
                        "is not a known field",
                        NearMiss.of(name, List.copyOf(known))
                                .map(meant -> "Write " + meant + ".")
                                .orElseGet(() -> "Remove it. Known here: " + String.join(", ", known) + "."));
            }
        }
    }

    public ObjectNode node() {
        return node;
    }

    /** The name with the path that leads to it. */
    public String path(String name) {
        return path + name;
    }

    private static String brief(JsonNode value) {
        return brief(value.toString());
    }

    private static String brief(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
