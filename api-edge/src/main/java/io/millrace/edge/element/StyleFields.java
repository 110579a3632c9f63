package io.millrace.edge.element;

import io.millrace.edge.body.Fields;
import io.millrace.edge.edit.Addresses;
import io.millrace.edge.layer.LayerBody;
import io.millrace.edge.problem.FieldProblem;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks {@code style}: {@code opacity, blend_mode, fill, stroke, shadow, filters, text_style}. Colours are {@code #rgb}, {@code
 * #rrggbb}, {@code #rrggbbaa}, {@code rgb(r,g,b)}, {@code rgba(r,g,b,a)} or {@code transparent}; lengths are pixels of the poster.
 */
final class StyleFields {
    /** Names and ranges of filters, as CSS has them with underscores; lengths in pixels, angles in degrees. */
    private static final List<String> FILTERS = List.of(
            "blur", "brightness", "contrast", "saturate", "grayscale", "sepia", "invert", "hue_rotate", "opacity");

    private static final List<String> PATTERNS = List.of("dots", "stripes", "grid", "checks", "zigzag");

    private static final Pattern COLOUR =
            Pattern.compile("#([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|transparent"
                    + "|rgb\\( *\\d{1,3}( *, *\\d{1,3}){2} *\\)"
                    + "|rgba\\( *\\d{1,3}( *, *\\d{1,3}){2} *, *(0|1|0?\\.\\d{1,4}|1\\.0{1,4}) *\\)");
    private static final Pattern WEIGHT = Pattern.compile("normal|bold|[1-9]00");
    private static final String COLOUR_REMEDY = "Send a colour as #1890ff, #1890ff80 or rgba(24,144,255,0.5).";

    private final Addresses addresses;
    private final List<FieldProblem> problems;
    private final boolean strict;

    /** @param strict whether fields that are not known are refused */
    StyleFields(Addresses addresses, List<FieldProblem> problems, boolean strict) {
        this.addresses = addresses;
        this.problems = problems;
        this.strict = strict;
    }

    void check(@Nullable Fields style) {
        if (style == null) {
            return;
        }
        style.decimal("opacity", 0, 1);
        style.oneOf("blend_mode", LayerBody.BLEND_MODES);
        fill(style.object("fill"));
        stroke(style.object("stroke"));
        shadow(style.object("shadow"));
        filters(style);
        text(style.object("text_style"));
        close(style);
    }

    private void fill(@Nullable Fields fill) {
        if (fill == null) {
            return;
        }
        String type = fill.oneOf("type", List.of("solid", "gradient", "pattern", "image"));
        colour(fill, "color");
        gradient(fill.object("gradient"));
        Fields image = fill.object("image");
        if (image != null) {
            addresses.read(image, "url");
            image.oneOf("fit", List.of("cover", "contain", "fill", "tile"));
            close(image);
        }
        Fields pattern = fill.object("pattern");
        if (pattern != null) {
            pattern.oneOf("type", PATTERNS);
            colour(pattern, "color");
            pattern.decimal("size", 2, 1_000);
            pattern.decimal("angle", -360, 360);
            close(pattern);
        }
        if ("gradient".equals(type) && !fill.has("gradient")) {
            fill.complain("gradient", "is missing", "Send {type, angle, stops: [{offset, color}]}.");
        } else if ("image".equals(type) && !fill.has("image")) {
            fill.complain("image", "is missing", "Send {url, fit}.");
        }
        close(fill);
    }

    private void gradient(@Nullable Fields gradient) {
        if (gradient == null) {
            return;
        }
        gradient.oneOf("type", List.of("linear", "radial"));
        gradient.decimal("angle", -360, 360);
        List<JsonNode> stops = gradient.list("stops", 16);
        if (stops.size() == 1) {
            gradient.complain("stops", "has fewer than two", "Send 2 to 16 of {offset, color}.");
        }
        for (int i = 0; i < stops.size(); i++) {
            String name = "stops[" + i + "]";
            if (stops.get(i) instanceof ObjectNode stop) {
                Fields fields = new Fields(stop, gradient.path(name) + ".", problems);
                fields.decimal("offset", 0, 1);
                colour(fields, "color");
                close(fields);
            } else {
                gradient.complain(name, "must be an object", "Send {offset, color}.");
            }
        }
        close(gradient);
    }

    private void stroke(@Nullable Fields stroke) {
        if (stroke == null) {
            return;
        }
        colour(stroke, "color");
        stroke.decimal("width", 0, 1_000);
        List<JsonNode> dashes = stroke.list("dash_array", 16);
        for (int i = 0; i < dashes.size(); i++) {
            double dash = dashes.get(i).isNumber() ? dashes.get(i).asDouble() : -1;
            if (dash < 0 || dash > 1_000) {
                stroke.complain("dash_array[" + i + "]", "is no length", "Send a number from 0 to 1000.");
            }
        }
        stroke.oneOf("line_cap", List.of("butt", "round", "square"));
        stroke.oneOf("line_join", List.of("miter", "round", "bevel"));
        close(stroke);
    }

    private void shadow(@Nullable Fields shadow) {
        if (shadow == null) {
            return;
        }
        colour(shadow, "color");
        shadow.decimal("offset_x", -1_000, 1_000);
        shadow.decimal("offset_y", -1_000, 1_000);
        shadow.decimal("blur", 0, 1_000);
        shadow.decimal("spread", -1_000, 1_000);
        close(shadow);
    }

    private void filters(Fields style) {
        List<JsonNode> filters = style.list("filters", 16);
        for (int i = 0; i < filters.size(); i++) {
            String name = "filters[" + i + "]";
            if (filters.get(i) instanceof ObjectNode filter) {
                Fields fields = new Fields(filter, style.path(name) + ".", problems);
                if (fields.oneOf("type", FILTERS) == null && !fields.has("type")) {
                    fields.complain("type", "is missing", "Send one of " + String.join(", ", FILTERS) + ".");
                }
                fields.decimal("value", -360, 360);
                close(fields);
            } else {
                style.complain(name, "must be an object", "Send {type, value}.");
            }
        }
    }

    private void text(@Nullable Fields text) {
        if (text == null) {
            return;
        }
        text.text("font_family", 1, 100);
        text.decimal("font_size", 1, 2_000);
        text.matching(
                "font_weight",
                value -> WEIGHT.matcher(value.asString("")).matches(),
                "is no font weight",
                "Send normal, bold, or 100 to 900 in steps of 100.");
        text.oneOf("font_style", List.of("normal", "italic", "oblique"));
        text.decimal("line_height", 0.5, 5);
        text.decimal("letter_space", -200, 1_000);
        text.oneOf("text_align", List.of("left", "center", "right", "justify"));
        text.oneOf("text_decoration", List.of("none", "underline", "line-through", "overline"));
        close(text);
    }

    private static void colour(Fields fields, String name) {
        fields.matching(
                name,
                value -> value.isString() && COLOUR.matcher(value.stringValue()).matches(),
                "is no colour",
                COLOUR_REMEDY);
    }

    private void close(Fields fields) {
        if (strict) {
            fields.refuseUnknown();
        }
    }
}
