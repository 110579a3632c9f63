package io.millrace.inference.white;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseFailure;
import java.util.Locale;

/**
 * How the cut-out is placed.
 *
 * @param width of the result in pixels
 * @param height of the result in pixels
 * @param margin free on each side, 0 to 0.4 of the shorter one
 * @param softness width of the edge in pixels beyond its own, 0 to 5
 * @param png else JPEG
 */
record WhiteParams(int width, int height, double margin, ShadowKind shadow, int softness, boolean png) {
    private static final int SIDE = 1200;
    private static final int MIN_SIDE = 64;
    private static final int MAX_SIDE = 4096;
    private static final int MAX_MARGIN = 40;
    private static final int MAX_SOFTNESS = 5;

    enum ShadowKind {
        NONE,
        SOFT,
        DROP
    }

    static WhiteParams read(JsonNode params) throws PhaseFailure {
        JsonNode size = params.path("size");
        return new WhiteParams(
                (int) number(size.path("width"), "size.width", SIDE, MIN_SIDE, MAX_SIDE),
                (int) number(size.path("height"), "size.height", SIDE, MIN_SIDE, MAX_SIDE),
                number(params.path("margin"), "margin", 8, 0, MAX_MARGIN) / 100,
                shadow(params.path("shadow").asText("soft")),
                (int) number(params.path("softness"), "softness", 1, 0, MAX_SOFTNESS),
                format(params.path("format").asText("jpeg")));
    }

    private static double number(JsonNode value, String field, double otherwise, double min, double max)
            throws PhaseFailure {
        double number = value.asDouble(otherwise);
        if (!value.isMissingNode() && !value.isNull() && (!value.isNumber() || number < min || number > max)) {
            throw PhaseFailure.badInput(field, "must be a number from " + (int) min + " to " + (int) max);
        }
        return number;
    }

    private static ShadowKind shadow(String name) throws PhaseFailure {
        for (ShadowKind kind : ShadowKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return kind;
            }
        }
        throw PhaseFailure.badInput("shadow", "must be none, soft or drop");
    }

    private static boolean format(String name) throws PhaseFailure {
        if (!name.equals("png") && !name.equals("jpeg")) {
            throw PhaseFailure.badInput("format", "must be jpeg or png");
        }
        return name.equals("png");
    }
}
