package io.millrace.inference.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.schemas.v1.InferenceItem;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code {"params": {...}, "results": {"PHASE": {...}}, "item": ...}}; results may be missing, item is there for one of a list. */
final class InputReader {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private InputReader() {}

    static PhaseInput read(InferenceItem item) throws PhaseFailure {
        JsonNode input = parse(item);
        JsonNode params = input.path("params");
        if (!params.isObject()) {
            throw PhaseFailure.badInput("input.params", "must be a JSON object");
        }
        JsonNode given = input.path("results");
        if (!given.isObject() && !given.isMissingNode()) {
            throw PhaseFailure.badInput("input.results", "must be a JSON object");
        }
        Map<String, JsonNode> results = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> result : given.properties()) {
            if (!result.getValue().isObject()) {
                throw PhaseFailure.badInput("input.results." + result.getKey(), "must be a JSON object");
            }
            results.put(result.getKey(), result.getValue());
        }
        return new PhaseInput(params, results, item.getRound(), element(item, input));
    }

    private static @Nullable JsonNode element(InferenceItem item, JsonNode input) throws PhaseFailure {
        JsonNode element = input.get("item");
        if (element == null && item.getItem() > 0) {
            throw PhaseFailure.badInput("input.item", "is missing: this is item " + item.getItem() + " of a list");
        }
        return element;
    }

    private static JsonNode parse(InferenceItem item) throws PhaseFailure {
        try {
            return JSON.readTree(item.getInput().newInput());
        } catch (JsonProcessingException e) {
            throw PhaseFailure.badInput(
                    "input",
                    "must be one JSON object with params and results: "
                            + e.getClass().getSimpleName());
        } catch (IOException e) {
            throw PhaseFailure.badInput("input", "cannot be read: " + e.getMessage());
        }
    }
}
