package io.millrace.edge.task;

import com.google.protobuf.ByteString;
import io.millrace.edge.Json;
import io.millrace.edge.live.TaskView;
import io.millrace.schemas.v1.PhaseTiming;
import io.millrace.schemas.v1.Step;
import io.millrace.schemas.v1.TaskError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One row of the table {@code tasks} as a view. Times in rows are UTC. */
final class TaskRow {
    private static final String STATE_COLUMNS =
            "id, user_id, project_id, type, priority, status, phase, progress, message, details,"
                    + " error, timings, cancel_reason, parent_task_id, campaign_id, custom_id, attempt, step, version,"
                    + " created_at, started_at, completed_at, updated_at";
    /** Everything a list shows: of parameters and result only what a line has room for. */
    static final String LIST_COLUMNS = STATE_COLUMNS
            + ", LEFT(COALESCE(" + text("prompt") + ", " + text("title") + ", " + text("goal") + ", "
            + text("elements[0].content") + ", " + text("query") + "), 200) AS shown_title,"
            + " JSON_UNQUOTE(COALESCE(JSON_EXTRACT(result, '$.preview'), JSON_EXTRACT(result, '$.thumbnail_url')))"
            + " AS shown_preview";
    /** Everything. */
    static final String ALL_COLUMNS = STATE_COLUMNS + ", input_params, result";

    private TaskRow() {}

    /** A view whose parameters and result hold no more than {@link Glimpse} looks for. */
    static TaskView listed(ResultSet row) throws SQLException {
        Step step = step(row)
                .setResult(Glimpse.result(row.getString("shown_preview")))
                .build();
        return view(row, step, Glimpse.params(row.getString("shown_title")));
    }

    private static String text(String path) {
        return "JSON_UNQUOTE(JSON_EXTRACT(input_params, '$." + path + "'))";
    }

    static TaskView whole(ResultSet row) throws SQLException {
        Step step = step(row).setResult(json(row, "result")).build();
        return view(row, step, json(row, "input_params"));
    }

    private static TaskView view(ResultSet row, Step step, ByteString inputParams) throws SQLException {
        return new TaskView(
                row.getString("id"),
                row.getString("user_id"),
                text(row, "campaign_id"),
                row.getInt("attempt"),
                row.getInt("step"),
                step,
                inputParams,
                millis(row, "updated_at"));
    }

    private static Step.Builder step(ResultSet row) throws SQLException {
        Step.Builder step = Step.newBuilder()
                .setStatus(row.getString("status"))
                .setPhase(row.getString("phase"))
                .setProgress(row.getInt("progress"))
                .setMessage(text(row, "message"))
                .setVersion(row.getLong("version"))
                .setType(row.getString("type"))
                .setPriority(row.getInt("priority"))
                .setProjectId(text(row, "project_id"))
                .setCreatedAtMs(millis(row, "created_at"))
                .setStartedAtMs(millis(row, "started_at"))
                .setCompletedAtMs(millis(row, "completed_at"))
                .setDetails(json(row, "details"))
                .setCancelReason(text(row, "cancel_reason"))
                .setCustomId(text(row, "custom_id"))
                .setParentTaskId(text(row, "parent_task_id"));
        JsonNode error = Json.lenient(row.getString("error"));
        if (error.isObject()) {
            step.setError(error(error));
        }
        for (JsonNode timing : Json.lenient(row.getString("timings"))) {
            step.addTimings(timing(timing));
        }
        return step;
    }

    private static TaskError error(JsonNode error) {
        JsonNode details = error.path("details");
        return TaskError.newBuilder()
                .setCode(error.path("code").asString(""))
                .setMessage(error.path("message").asString(""))
                .setPhase(error.path("phase").asString(""))
                .setDetails(details.isObject() ? ByteString.copyFromUtf8(details.toString()) : ByteString.EMPTY)
                .build();
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

    private static ByteString json(ResultSet row, String column) throws SQLException {
        return ByteString.copyFromUtf8(text(row, column));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    static long millis(ResultSet row, String column) throws SQLException {
        @Nullable LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? 0 : time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
