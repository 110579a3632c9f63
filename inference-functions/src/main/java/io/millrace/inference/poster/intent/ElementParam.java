package io.millrace.inference.poster.intent;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.model.font.Typefaces.Weight;
import io.millrace.inference.poster.colour.Rgb;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One element a user asks for.
 *
 * @param fontSize as written: CSS pixels of a preview 375 wide
 */
record ElementParam(
        String type,
        String content,
        @Nullable Position position,
        @Nullable Double fontSize,
        @Nullable Weight weight,
        @Nullable Rgb color) {
    private static final List<String> TYPES = List.of("text", "image", "shape");
    private static final int MAX_CONTENT = 500;
    private static final double MAX_FONT = 400;

    /** @param name of the element, for messages */
    static ElementParam read(JsonNode node, String name) throws PhaseFailure {
        String type = node.path("type").asText("text");
        if (!TYPES.contains(type)) {
            throw PhaseFailure.badInput(name + ".type", "must be one of " + String.join(", ", TYPES));
        }
        String content = node.path("content").asText("").strip();
        if (content.isEmpty() || content.length() > MAX_CONTENT) {
            throw PhaseFailure.badInput(name + ".content", "must have 1 to " + MAX_CONTENT + " characters");
        }
        JsonNode style = node.path("style");
        return new ElementParam(
                type,
                content,
                position(node.path("position").asText(""), name),
                fontSize(style, name),
                weight(style, name),
                colour(style, name));
    }

    private static @Nullable Position position(String text, String name) throws PhaseFailure {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "top" -> Position.TOP;
            case "center", "middle" -> Position.CENTER;
            case "bottom" -> Position.BOTTOM;
            default -> throw PhaseFailure.badInput(name + ".position", "must be one of top, center, bottom");
        };
    }

    private static @Nullable Double fontSize(JsonNode style, String name) throws PhaseFailure {
        JsonNode node = style.has("fontSize") ? style.path("fontSize") : style.path("font_size");
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        double size;
        try {
            size = Double.parseDouble(node.asText().replaceFirst("\\s*px$", ""));
        } catch (NumberFormatException e) {
            size = Double.NaN;
        }
        if (!(size >= 4 && size <= MAX_FONT)) {
            throw PhaseFailure.badInput(name + ".style.fontSize", "must be a number of pixels from 4 to " + MAX_FONT);
        }
        return size;
    }

    private static @Nullable Weight weight(JsonNode style, String name) throws PhaseFailure {
        JsonNode node = style.has("fontWeight") ? style.path("fontWeight") : style.path("font_weight");
        String text = node.asText("").strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.equals("null")) {
            return null;
        }
        if (text.equals("bold") || text.equals("bolder") || text.matches("[6-9]00")) {
            return Weight.BLACK;
        }
        if (text.equals("normal") || text.equals("lighter") || text.matches("[1-5]00")) {
            return Weight.REGULAR;
        }
        throw PhaseFailure.badInput(name + ".style.fontWeight", "must be normal, bold or 100 to 900");
    }

    private static @Nullable Rgb colour(JsonNode style, String name) throws PhaseFailure {
        String text = style.path("color").asText("");
        if (text.isEmpty()) {
            return null;
        }
        return Rgb.parse(text)
                .or(() -> ColourNames.find(text).stream().findFirst())
                .orElseThrow(() ->
                        PhaseFailure.badInput(name + ".style.color", "is no colour: write #rrggbb or a common name"));
    }
}
