package io.millrace.edge.control;

import com.google.protobuf.ByteString;
import io.millrace.schemas.v1.ItemOutcome;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskError;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Phase results as terminal events carry them: a list of {@code {phase, round, input_hash (hex), output, facts, items: [{index,
 * output | error}]}}. An output that was left out because all were too large is empty: the phase is computed again when needed.
 */
final class PhaseResults {
    private PhaseResults() {}

    /** What can be read; rows of tasks that have not ended hold summaries instead of a list, which say nothing here. */
    static List<PhaseResult> of(JsonNode list) {
        List<PhaseResult> results = new ArrayList<>();
        if (!list.isArray()) {
            return results;
        }
        for (JsonNode one : list) {
            if (one.path("phase").isString()) {
                results.add(result(one));
            }
        }
        return results;
    }

    private static PhaseResult result(JsonNode json) {
        PhaseResult.Builder result = PhaseResult.newBuilder()
                .setPhase(json.path("phase").asString(""))
                .setRound(json.path("round").asInt(0))
                .setInputHash(hex(json.path("input_hash").asString("")))
                .setOutput(object(json.path("output")));
        for (Map.Entry<String, JsonNode> fact : json.path("facts").properties()) {
            result.putFacts(fact.getKey(), fact.getValue().asString(""));
        }
        for (JsonNode item : json.path("items")) {
            result.addItems(item(item));
        }
        return result.build();
    }

    private static ItemOutcome item(JsonNode json) {
        ItemOutcome.Builder item =
                ItemOutcome.newBuilder().setIndex(json.path("index").asInt(0)).setOutput(object(json.path("output")));
        JsonNode error = json.path("error");
        if (error.isObject()) {
            item.setError(TaskError.newBuilder()
                    .setCode(error.path("code").asString(""))
                    .setMessage(error.path("message").asString(""))
                    .setPhase(error.path("phase").asString(""))
                    .setDetails(object(error.path("details"))));
        }
        return item.build();
    }

    private static ByteString object(JsonNode json) {
        return json.isObject() ? ByteString.copyFromUtf8(json.toString()) : ByteString.EMPTY;
    }

    private static ByteString hex(String text) {
        try {
            return ByteString.copyFrom(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            return ByteString.EMPTY;
        }
    }
}
