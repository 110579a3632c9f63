package io.millrace.edge.submit;

import io.millrace.edge.Json;
import io.millrace.edge.body.Fields;
import io.millrace.edge.problem.FieldProblem;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parameters of a poster: {@code prompt} (1 to 2000 characters; may be left out when a text element says it all), {@code style},
 * {@code size} {width, height: 320 to 4096}, {@code elements} (at most 40), {@code color_scheme} (at most 12), {@code reference}
 * (at most 4), {@code logo}, {@code seed}, {@code suggestions}, {@code formats} (files beside the PNG: jpeg, svg, psd). Pictures
 * ({@code reference, logo}, {@code content} of an element of type image) are http(s) addresses, links of uploads or {@code sha256:}
 * references.
 */
final class PosterParams {
    static final List<String> NAMES = List.of(
            "prompt",
            "style",
            "size",
            "elements",
            "color_scheme",
            "reference",
            "logo",
            "seed",
            "suggestions",
            "formats");

    private static final List<String> STYLES =
            List.of("business", "cartoon", "minimalist", "tech", "elegant", "retro", "chinese");
    private static final List<String> FORMATS = List.of("png", "jpeg", "svg", "psd");
    private static final List<String> TYPES = List.of("text", "image", "shape");
    private static final List<String> POSITIONS = List.of("top", "center", "bottom");
    private static final Pattern COLOUR = Pattern.compile("#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})");
    private static final Pattern PICTURE = Pattern.compile(
            "https?://[^\\s\"<>]{1,490}|sha256:[0-9a-f]{64}|/api/v1/artifacts/[0-9a-f]{64}\\?[A-Za-z0-9=&_-]{1,200}");
    private static final Pattern WEIGHT = Pattern.compile("normal|bold|[1-9]00");
    private static final Pattern PIXELS = Pattern.compile("\\d{1,3}(\\.\\d{1,2})?(px)?");
    private static final String PICTURE_REMEDY =
            "Send an http(s) URL, or the url or artifact of an upload (sha256:...).";
    private static final String COLOUR_REMEDY = "Send a colour as #rrggbb, for example #1890ff.";

    private PosterParams() {}

    /** Reads the fields and notes what is wrong. @return the parameters in a fixed order of fields */
    static ObjectNode read(Fields fields, List<FieldProblem> problems) {
        ObjectNode params = readPartial(fields, problems);
        boolean anyText = params.path("elements")
                .valueStream()
                .anyMatch(element -> element.path("type").asString("").equals("text"));
        if (!fields.has("prompt") && !anyText) {
            fields.complain("prompt", "is missing", "Say what the poster is for, or give a text element.");
        }
        return params;
    }

    /** As {@link #read}, and nothing is missing. */
    static ObjectNode readPartial(Fields fields, List<FieldProblem> problems) {
        ObjectNode params = Json.object();
        put(params, "prompt", fields.text("prompt", 1, 2_000));
        put(params, "style", fields.oneOf("style", STYLES));
        Fields size = fields.object("size");
        if (size != null) {
            size(size, params.putObject("size"));
        }
        elements(fields, params.putArray("elements"), problems);
        colours(fields, params.putArray("color_scheme"));
        references(fields, params.putArray("reference"));
        set(params, "logo", fields.matching("logo", PosterParams::isPicture, "is no picture address", PICTURE_REMEDY));
        Long seed = fields.number("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        if (seed != null) {
            params.put("seed", seed);
        }
        formats(fields, params);
        Boolean suggestions = fields.flag("suggestions");
        if (suggestions != null) {
            params.put("suggestions", suggestions);
        }
        return params;
    }

    private static void size(Fields size, ObjectNode into) {
        for (String side : List.of("width", "height")) {
            if (!size.has(side)) {
                size.complain(side, "is missing", "Send a whole number of pixels from 320 to 4096.");
            }
            Long pixels = size.number(side, 320, 4_096);
            if (pixels != null) {
                into.put(side, pixels.intValue());
            }
        }
        size.refuseUnknown();
    }

    private static void elements(Fields fields, ArrayNode into, List<FieldProblem> problems) {
        List<JsonNode> items = fields.list("elements", 40);
        for (int i = 0; i < items.size(); i++) {
            String name = "elements[" + i + "]";
            if (items.get(i) instanceof ObjectNode object) {
                element(new Fields(object, fields.path(name) + ".", problems), into.addObject());
            } else {
                fields.complain(name, "must be an object", "Send {type, content, position, style}.");
            }
        }
    }

    private static void element(Fields element, ObjectNode into) {
        String type = element.oneOf("type", TYPES);
        into.put("type", type == null ? "text" : type);
        if (!element.has("content")) {
            element.complain("content", "is missing", "Send the text, or what the picture or shape shows.");
        }
        put(into, "content", element.text("content", 1, 500));
        put(into, "position", element.oneOf("position", POSITIONS));
        Fields style = element.object("style");
        if (style != null) {
            style(style, into.putObject("style"));
        }
        element.refuseUnknown();
    }

    private static void style(Fields style, ObjectNode into) {
        for (String name : List.of("fontSize", "font_size")) {
            set(
                    into,
                    name,
                    style.matching(
                            name,
                            PosterParams::isFontSize,
                            "is no font size",
                            "Send pixels from 4 to 400, as 48 or \"48px\"."));
        }
        for (String name : List.of("fontWeight", "font_weight")) {
            set(
                    into,
                    name,
                    style.matching(
                            name,
                            value -> WEIGHT.matcher(value.asString("")).matches(),
                            "is no font weight",
                            "Send normal, bold, or 100 to 900 in steps of 100."));
        }
        set(into, "color", style.matching("color", PosterParams::isColour, "is no colour", COLOUR_REMEDY));
        style.refuseUnknown();
    }

    private static boolean isFontSize(JsonNode value) {
        String text = value.isNumber() || value.isString() ? value.asString("") : "";
        if (!PIXELS.matcher(text).matches()) {
            return false;
        }
        double pixels = Double.parseDouble(text.endsWith("px") ? text.substring(0, text.length() - 2) : text);
        return pixels >= 4 && pixels <= 400;
    }

    private static boolean isPicture(JsonNode value) {
        return value.isString() && PICTURE.matcher(value.stringValue()).matches();
    }

    private static boolean isColour(JsonNode value) {
        return value.isString() && COLOUR.matcher(value.stringValue()).matches();
    }

    private static void colours(Fields fields, ArrayNode into) {
        List<JsonNode> items = fields.list("color_scheme", 12);
        for (int i = 0; i < items.size(); i++) {
            if (isColour(items.get(i))) {
                into.add(items.get(i));
            } else {
                fields.complain("color_scheme[" + i + "]", "is no colour", COLOUR_REMEDY);
            }
        }
    }

    private static void formats(Fields fields, ObjectNode params) {
        List<JsonNode> items = fields.list("formats", FORMATS.size());
        for (int i = 0; i < items.size(); i++) {
            String name = items.get(i).asString("");
            if (FORMATS.contains(name)) {
                params.withArray("/formats").add(name);
            } else {
                fields.complain("formats[" + i + "]", "is no format", "Send some of png, jpeg, svg, psd.");
            }
        }
    }

    private static void references(Fields fields, ArrayNode into) {
        List<JsonNode> items = fields.list("reference", 4);
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            if (isPicture(item)) {
                into.add(item);
            } else {
                fields.complain("reference[" + i + "]", "is no picture address", PICTURE_REMEDY);
            }
        }
    }

    private static void put(ObjectNode into, String name, @Nullable String value) {
        if (value != null) {
            into.put(name, value);
        }
    }

    private static void set(ObjectNode into, String name, @Nullable JsonNode value) {
        if (value != null) {
            into.set(name, value);
        }
    }
}
