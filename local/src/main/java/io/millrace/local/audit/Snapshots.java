package io.millrace.local.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.millrace.readmodel.row.Row;
import io.millrace.schemas.v1.ItemOutcome;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.PhaseTiming;
import io.millrace.schemas.v1.TaskError;
import io.millrace.schemas.v1.TaskSnapshot;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** A row of {@code tasks} as the snapshot that commands bring back to the orchestrator. */
final class Snapshots {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Snapshots() {}

    static TaskSnapshot of(Row row) {
        TaskSnapshot.Builder snapshot = TaskSnapshot.newBuilder()
                .setVersion(number(row, "version"))
                .setAttempt((int) number(row, "attempt"))
                .setStep((int) number(row, "step"))
                .setStatus(text(row, "status"))
                .setType(text(row, "type"))
                .setWorkflowVersion((int) number(row, "workflow_version"))
                .setPriority((int) number(row, "priority"))
                .setProjectId(text(row, "project_id"))
                .setCampaignId(text(row, "campaign_id"))
                .setCampaignRow((int) number(row, "campaign_row"))
                .setCustomId(text(row, "custom_id"))
                .setParentTaskId(text(row, "parent_task_id"))
                .setInputParams(ByteString.copyFromUtf8(text(row, "input_params")))
                .setCreatedAtMs(millis(row, "created_at"))
                .setStartedAtMs(millis(row, "started_at"))
                .setCompletedAtMs(millis(row, "completed_at"))
                .setRound((int) number(row, "round"))
                .setComputeMs(number(row, "compute_ms"));
        list(row, "phase_results").forEach(result -> snapshot.addResults(result(result)));
        list(row, "timings").forEach(timing -> snapshot.addTimings(timing(timing)));
        return snapshot.build();
    }

    private static PhaseResult result(JsonNode json) {
        PhaseResult.Builder result = PhaseResult.newBuilder()
                .setPhase(json.path("phase").asText())
                .setRound(json.path("round").asInt())
                .setInputHash(ByteString.copyFrom(
                        HexFormat.of().parseHex(json.path("input_hash").asText())))
                .setOutput(bytes(json.path("output")));
        json.path("facts")
                .properties()
                .forEach(fact -> result.putFacts(fact.getKey(), fact.getValue().asText()));
        for (JsonNode item : json.path("items")) {
            ItemOutcome.Builder outcome = ItemOutcome.newBuilder()
                    .setIndex(item.path("index").asInt())
                    .setOutput(bytes(item.path("output")));
            JsonNode error = item.path("error");
            if (error.isObject()) {
                outcome.setError(TaskError.newBuilder()
                        .setCode(error.path("code").asText())
                        .setMessage(error.path("message").asText())
                        .setPhase(error.path("phase").asText())
                        .setDetails(bytes(error.path("details"))));
            }
            result.addItems(outcome);
        }
        return result.build();
    }

    private static PhaseTiming timing(JsonNode json) {
        return PhaseTiming.newBuilder()
                .setPhase(json.path("phase").asText())
                .setStartedAtMs(json.path("started_at").asLong())
                .setEndedAtMs(json.path("ended_at").asLong())
                .setRound(json.path("round").asInt())
                .setComputeMs(json.path("compute_ms").asLong())
                .build();
    }

    private static ByteString bytes(JsonNode json) {
        return json.isMissingNode() || json.isNull() ? ByteString.EMPTY : ByteString.copyFromUtf8(json.toString());
    }

    private static JsonNode list(Row row, String column) {
        Object text = row.get(column);
        try {
            return text == null ? JSON.createArrayNode() : JSON.readTree(text.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(column + " of " + row.key() + " holds no JSON", e);
        }
    }

    private static String text(Row row, String column) {
        Object value = row.get(column);
        return value == null ? "" : value.toString();
    }

    private static long number(Row row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }

    private static long millis(Row row, String column) {
        return row.get(column) instanceof LocalDateTime time
                ? time.toInstant(ZoneOffset.UTC).toEpochMilli()
                : 0;
    }
}
