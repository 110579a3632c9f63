package io.millrace.edge.submit.type;

import io.millrace.edge.Json;
import io.millrace.edge.body.Fields;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Parameters as they are taken over from the fields of a body, one after the other. */
final class Taken {
    private static final Pattern REFERENCE = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern LINK =
            Pattern.compile("(?:https?://[^/?#\\s]{1,200})?/api/v1/artifacts/([0-9a-f]{64})(\\?[^\\s]{1,200})?");
    private static final Pattern COLOUR = Pattern.compile("#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})");
    private static final String REFERENCE_REMEDY =
            "Upload the file with POST /api/v1/storage/upload and send its artifact, as sha256:HEX.";

    private final Fields fields;
    private final boolean whole;
    private final ObjectNode params = Json.object();

    Taken(Fields fields, boolean whole) {
        this.fields = fields;
        this.whole = whole;
    }

    ObjectNode params() {
        return params;
    }

    Taken text(String name, int max) {
        String text = fields.text(name, 1, max);
        if (text != null) {
            params.put(name, text);
        }
        return this;
    }

    Taken number(String name, long min, long max) {
        Long number = fields.number(name, min, max);
        if (number != null) {
            params.put(name, number);
        }
        return this;
    }

    Taken seed() {
        return number("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A number that need not be whole. */
    Taken decimal(String name, double min, double max) {
        return value(
                name,
                fields.matching(
                        name,
                        value -> value.isNumber() && value.doubleValue() >= min && value.doubleValue() <= max,
                        "is out of range or no number",
                        "Send a number from " + plain(min) + " to " + plain(max) + "."));
    }

    Taken oneOf(String name, String... allowed) {
        String text = fields.oneOf(name, List.of(allowed));
        if (text != null) {
            params.put(name, text);
        }
        return this;
    }

    /** {@code {width, height}}. */
    Taken size(int min, int max) {
        Fields size = fields.object("size");
        if (size != null) {
            ObjectNode into = params.putObject("size");
            for (String side : List.of("width", "height")) {
                if (!size.has(side)) {
                    size.complain(side, "is missing", "Send a whole number of pixels from " + min + " to " + max + ".");
                }
                Long pixels = size.number(side, min, max);
                if (pixels != null) {
                    into.put(side, pixels.intValue());
                }
            }
            size.refuseUnknown();
        }
        return this;
    }

    Taken colours(String name, int max) {
        if (!fields.has(name)) {
            fields.value(name);
            return this;
        }
        ArrayNode into = params.putArray(name);
        List<JsonNode> items = fields.list(name, max);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).isString()
                    && COLOUR.matcher(items.get(i).stringValue()).matches()) {
                into.add(items.get(i));
            } else {
                fields.complain(name + "[" + i + "]", "is no colour", "Send a colour as #rrggbb, for example #1890ff.");
            }
        }
        return this;
    }

    /** A list of texts. */
    Taken texts(String name, int most, int max) {
        if (!fields.has(name)) {
            fields.value(name);
            return this;
        }
        ArrayNode into = params.putArray(name);
        List<JsonNode> items = fields.list(name, most);
        for (int i = 0; i < items.size(); i++) {
            String text = items.get(i).isString() ? items.get(i).stringValue().strip() : "";
            if (text.isEmpty() || text.length() > max) {
                fields.complain(name + "[" + i + "]", "must be a text", "Send 1 to " + max + " characters.");
            } else {
                into.add(text);
            }
        }
        return this;
    }

    /** The artifact of an upload or of a result: {@code sha256:HEX}, or a link to it. A signed link stays until it is found to work. */
    Taken artifact(String name) {
        JsonNode value = fields.value(name);
        if (value != null) {
            String ref = reference(value);
            if (ref == null) {
                fields.complain(name, "is no reference to an artifact", REFERENCE_REMEDY);
            } else {
                params.put(name, ref);
            }
        }
        return this;
    }

    /** A list of artifacts, each a reference or {@code {FIELD: reference, name?}}. */
    Taken pictures(String name, int most) {
        if (!fields.has(name)) {
            fields.value(name);
            return this;
        }
        ArrayNode into = params.putArray(name);
        List<JsonNode> items = fields.list(name, most);
        if (fields.node().path(name).isArray()
                && items.isEmpty()
                && fields.node().path(name).isEmpty()) {
            fields.complain(name, "is empty", "Send one reference or more.");
        }
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            String ref = reference(item.isObject() ? item.path("image") : item);
            if (ref == null) {
                fields.complain(name + "[" + i + "]", "is no reference to an artifact", REFERENCE_REMEDY);
            } else if (item.path("name").isString()) {
                into.addObject()
                        .put("image", ref)
                        .put("name", brief(item.path("name").stringValue()));
            } else {
                into.add(ref);
            }
        }
        return this;
    }

    private static String brief(String name) {
        return name.length() <= 200 ? name : name.substring(name.length() - 200);
    }

    @Nullable
    static String reference(JsonNode value) {
        if (!value.isString()) {
            return null;
        }
        String text = value.stringValue();
        Matcher link = LINK.matcher(text);
        boolean unsigned = link.matches() && link.group(2) == null;
        return unsigned ? "sha256:" + link.group(1) : REFERENCE.matcher(text).matches() || link.matches() ? text : null;
    }

    /** Any value that was checked already. */
    Taken value(String name, @Nullable JsonNode value) {
        if (value != null) {
            params.set(name, value);
        }
        return this;
    }

    /** Notes a field that is not there, unless parts may come later. */
    Taken require(String name, String remedy) {
        if (whole && !fields.has(name)) {
            fields.complain(name, "is missing", remedy);
        }
        return this;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
