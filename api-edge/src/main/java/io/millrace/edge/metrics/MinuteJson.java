package io.millrace.edge.metrics;

import io.millrace.edge.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A row of minutes as it is shown: counts and times of everybody together, nobody named. */
final class MinuteJson {
    private static final List<String> COUNTS =
            List.of("submitted", "started", "completed", "partial_failure", "failed", "cancelled", "recovered");
    private static final List<String> QUANTILES = List.of("p50", "p90", "p99");

    private MinuteJson() {}

    /** {@code {minute, type, submitted..., queue_ms {p50, p90, p99}, run_ms {}, failures {CODE: n}, inference_ms {PHASE: ms}, batches {PHASE: {SIZE: runs}}}}. */
    static ObjectNode of(ObjectNode row) {
        ObjectNode json = Json.object();
        json.set("minute", row.path("minute_at"));
        json.set("type", row.path("type"));
        COUNTS.forEach(name -> json.put(name, row.path(name).asInt()));
        quantiles(json, row, "queue");
        quantiles(json, row, "run");
        json.set("failures", objectOrEmpty(row.path("failures")));
        json.set("batches", objectOrEmpty(row.path("batches")));
        ObjectNode phases = json.putObject("inference_ms");
        // By phase and tenant in the table: how much a tenant computes is nobody else's business.
        row.path("inference_ms").properties().forEach(phase -> phases.put(phase.getKey(), sum(phase.getValue())));
        return json;
    }

    private static ObjectNode objectOrEmpty(JsonNode node) {
        return node instanceof ObjectNode object ? object : Json.object();
    }

    private static void quantiles(ObjectNode json, ObjectNode row, String name) {
        if (!row.has(name + "_p50_ms")) {
            return;
        }
        ObjectNode times = json.putObject(name + "_ms");
        QUANTILES.forEach(quantile -> times.set(quantile, row.path(name + "_" + quantile + "_ms")));
    }

    private static long sum(JsonNode tenants) {
        return tenants.valueStream().mapToLong(JsonNode::asLong).sum();
    }
}
