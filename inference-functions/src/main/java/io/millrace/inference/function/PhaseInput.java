package io.millrace.inference.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What a phase works from.
 *
 * @param params the parameters of the task
 * @param results outputs of the phases it reads, by name of the phase; those that have not run are missing
 * @param round times refining has gone back so far
 */
public record PhaseInput(JsonNode params, Map<String, JsonNode> results, int round) {
    public PhaseInput {
        results = Map.copyOf(results);
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
