package io.millrace.inference.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a phase works from.
 *
 * @param params the parameters of the task
 * @param results outputs of the phases it reads, by name of the phase; those that have not run are missing
 * @param round times refining has gone back so far
 * @param item the element of the list, where the phase runs once for each; else null
 */
public record PhaseInput(
        JsonNode params,
        Map<String, JsonNode> results,
        int round,
        @Nullable JsonNode item) {
    public PhaseInput {
        results = Map.copyOf(results);
    }

    /** Input of a phase that runs once. */
    public PhaseInput(JsonNode params, Map<String, JsonNode> results, int round) {
        this(params, results, round, null);
    }

    /** The element of the list that this call is for. */
    public JsonNode requireItem() throws PhaseFailure {
        if (item == null) {
            throw PhaseFailure.badInput(
                    "item", "is missing: the workflow must run this phase for_each element of a list");
        }
        return item;
    }

    /** Output of an earlier phase. */
    public Optional<JsonNode> result(String phase) {
        return Optional.ofNullable(results.get(phase));
    }

    /** Output of an earlier phase that must be there. */
    public JsonNode require(String phase) throws PhaseFailure {
        JsonNode result = results.get(phase);
        if (result == null) {
            throw PhaseFailure.badInput("results." + phase, "is missing: the workflow must list it under reads");
        }
        return result;
    }
}
