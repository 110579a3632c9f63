package io.millrace.edge.control;

import com.google.protobuf.ByteString;
import io.millrace.edge.Json;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.PhaseTiming;
import io.millrace.schemas.v1.TaskSnapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One row of the table {@code tasks} as a snapshot. Times in rows are UTC. */
final class SnapshotRow {
    private SnapshotRow() {}

    /** What every snapshot has. */
    static TaskSnapshot.Builder head(ResultSet row) throws SQLException {
        return TaskSnapshot.newBuilder()
                .setVersion(row.getLong("version"))
                .setAttempt(row.getInt("attempt"))
                .setStep(row.getInt("step"))
                .setStatus(row.getString("status"))
                .setType(row.getString("type"))
                .setWorkflowVersion(row.getInt("workflow_version"))
                .setProjectId(text(row, "project_id"))
                .setCampaignId(text(row, "campaign_id"))
                .setCampaignRow(row.getInt("campaign_row"))
                .setCustomId(text(row, "custom_id"))
                .setParentTaskId(text(row, "parent_task_id"))
                .setCreatedAtMs(millis(row, "created_at"));
    }

    /** Everything; a row of all columns. */
    static TaskSnapshot whole(ResultSet row) throws SQLException {
        List<PhaseResult> results = PhaseResults.of(Json.lenient(row.getString("phase_results")));
        TaskSnapshot.Builder snapshot = head(row)
                .setPriority(row.getInt("priority"))
                .setInputParams(ByteString.copyFromUtf8(text(row, "input_params")))
                .addAllResults(results)
                .setStartedAtMs(millis(row, "started_at"))
                .setCompletedAtMs(millis(row, "completed_at"))
                .setComputeMs(row.getLong("compute_ms"))
                .setRound(row.getInt("round"));
        for (JsonNode timing : Json.lenient(row.getString("timings"))) {
            snapshot.addTimings(timing(timing));
        }
        return snapshot.build();
    }

    private static PhaseTiming timing(JsonNode timing) {
        return PhaseTiming.newBuilder()
                .setPhase(timing.path("phase").asString(""))
                .setStartedAtMs(timing.path("started_at").asLong(0))
                .setEndedAtMs(timing.path("ended_at").asLong(0))
                .setRound(timing.path("round").asInt(0))
                .setComputeMs(timing.path("compute_ms").asLong(0))
                .build();
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static long millis(ResultSet row, String column) throws SQLException {
        @Nullable LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? 0 : time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
