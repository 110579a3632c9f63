package io.millrace.inference.poster.intent;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.colour.Rgb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a poster task, checked.
 *
 * @param size width and height in pixels; null when not given
 * @param suggestions whether texts may be added that nobody asked for
 * @param reference uploads ({@code sha256:...}) whose colours and texture steer the look, or addresses
 */
@SuppressWarnings("ArrayRecordComponent") // is never compared
record Params(
        String prompt,
        @Nullable Style style,
        int @Nullable [] size,
        List<ElementParam> elements,
        List<Rgb> colors,
        long seed,
        boolean suggestions,
        List<String> reference) {
    static final int MIN_SIDE = 320;
    static final int MAX_SIDE = 4096;
    private static final int MAX_PROMPT = 2000;
    private static final int MAX_COLOURS = 12;
    private static final int MAX_ELEMENTS = 40;

    static Params read(JsonNode params) throws PhaseFailure {
        String prompt = text(params, "prompt");
        if (prompt.length() > MAX_PROMPT) {
            throw PhaseFailure.badInput("prompt", "has " + prompt.length() + " characters: at most " + MAX_PROMPT);
        }
        List<ElementParam> elements = elements(params.path("elements"));
        boolean anyText = elements.stream().anyMatch(element -> element.type().equals("text"));
        if (prompt.isBlank() && !anyText) {
            throw PhaseFailure.badInput("prompt", "is missing: say what the poster is for, or give text elements");
        }
        return new Params(
                prompt,
                style(params),
                size(params.path("size")),
                elements,
                colours(params.path("color_scheme")),
                seed(params.path("seed")),
                params.path("suggestions").asBoolean(true),
                reference(params.path("reference")));
    }

    private static String text(JsonNode params, String field) throws PhaseFailure {
        JsonNode node = params.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (!node.isTextual()) {
            throw PhaseFailure.badInput(field, "must be a string");
        }
        return node.asText();
    }

    private static @Nullable Style style(JsonNode params) throws PhaseFailure {
        String name = text(params, "style");
        if (name.isBlank()) {
            return null;
        }
        return Style.named(name)
                .orElseThrow(() -> PhaseFailure.badInput(
                        "style",
                        "must be one of "
                                + Arrays.stream(Style.values())
                                        .map(Style::label)
                                        .collect(Collectors.joining(", "))));
    }

    private static int @Nullable [] size(JsonNode size) throws PhaseFailure {
        if (size.isMissingNode() || size.isNull()) {
            return null;
        }
        return new int[] {side(size, "width"), side(size, "height")};
    }

    private static int side(JsonNode size, String field) throws PhaseFailure {
        JsonNode side = size.path(field);
        if (!side.isIntegralNumber() || side.asInt() < MIN_SIDE || side.asInt() > MAX_SIDE) {
            throw PhaseFailure.badInput(
                    "size." + field, "must be a whole number of pixels from " + MIN_SIDE + " to " + MAX_SIDE);
        }
        return side.asInt();
    }

    private static List<Rgb> colours(JsonNode scheme) throws PhaseFailure {
        if (scheme.isMissingNode() || scheme.isNull()) {
            return List.of();
        }
        if (!scheme.isArray() || scheme.size() > MAX_COLOURS) {
            throw PhaseFailure.badInput("color_scheme", "must be a list of at most " + MAX_COLOURS + " colours");
        }
        List<Rgb> colours = new ArrayList<>();
        for (JsonNode node : scheme) {
            Optional<Rgb> hex = Rgb.parse(node.asText());
            Optional<Rgb> colour = hex.isPresent()
                    ? hex
                    : ColourNames.find(node.asText()).stream().findFirst();
            colours.add(colour.orElseThrow(() -> PhaseFailure.badInput(
                    "color_scheme[" + colours.size() + "]", "is no colour: write #rrggbb or a common name")));
        }
        return colours;
    }

    private static long seed(JsonNode seed) throws PhaseFailure {
        if (seed.isMissingNode() || seed.isNull()) {
            return 0;
        }
        if (!seed.isIntegralNumber() || !seed.canConvertToLong()) {
            throw PhaseFailure.badInput("seed", "must be a whole number of 64 bits");
        }
        return seed.asLong();
    }

    private static List<String> reference(JsonNode list) {
        List<String> references = new ArrayList<>();
        list.forEach(reference -> references.add(reference.asText()));
        return references;
    }

    private static List<ElementParam> elements(JsonNode list) throws PhaseFailure {
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || list.size() > MAX_ELEMENTS) {
            throw PhaseFailure.badInput("elements", "must be a list of at most " + MAX_ELEMENTS + " elements");
        }
        List<ElementParam> elements = new ArrayList<>();
        for (JsonNode node : list) {
            elements.add(ElementParam.read(node, "elements[" + elements.size() + "]"));
        }
        return elements;
    }
}
