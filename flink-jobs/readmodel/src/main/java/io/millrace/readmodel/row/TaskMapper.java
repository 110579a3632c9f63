package io.millrace.readmodel.row;

import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.EventType;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The row of a task, with the columns that the event carries. */
final class TaskMapper {
    private TaskMapper() {}

    static Row row(String eventType, Fields fields) throws UnreadableEvent {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("id", fields.text("task_id"));
        values.put("user_id", fields.text("user_id"));
        values.put("type", fields.text("type"));
        values.put("version", fields.version());
        putState(fields, values);
        putOutcome(eventType, fields, values);
        putOrigin(fields, values);
        putResults(fields, values);
        values.put("input_params", fields.json("input_params"));
        values.put("started_at", fields.optionalTime("started_at"));
        if (eventType.equals(EventType.DELETED.wireName())) {
            values.put("deleted_at", fields.time("time"));
        }
        return Row.of(Table.TASKS, values);
    }

    private static void putState(Fields fields, Map<String, @Nullable Object> values) throws UnreadableEvent {
        values.put("attempt", fields.integer("attempt"));
        values.put("step", fields.integer("step"));
        values.put("status", status(fields));
        values.put("phase", fields.text("phase"));
        values.put("progress", fields.integer("progress"));
        values.put("message", fields.optionalText("message"));
        values.put("details", fields.json("details"));
        values.put("updated_at", fields.time("time"));
    }

    private static String status(Fields fields) throws UnreadableEvent {
        String status = fields.text("status");
        try {
            return TaskStatus.ofWireName(status).wireName();
        } catch (IllegalArgumentException e) {
            throw new UnreadableEvent("status is none that this version knows: " + EventMapper.shortReason(status), e);
        }
    }

    private static void putOutcome(String eventType, Fields fields, Map<String, @Nullable Object> values)
            throws UnreadableEvent {
        LocalDateTime completed = fields.optionalTime("completed_at");
        boolean remembered = eventType.equals(EventType.SNAPSHOT.wireName())
                && completed == null
                && TaskStatus.ofWireName(status(fields)).terminal();
        if (!remembered) {
            values.put(Column.OUTCOME_VERSION, fields.version());
        }
        if (completed == null) {
            return;
        }
        values.put("completed_at", completed);
        values.put("result", fields.json("result"));
        values.put("error", fields.json("error"));
        values.put("timings", fields.json("timings"));
        values.put("cancel_reason", fields.optionalText("cancel_reason"));
        // Of the whole task only here; a phase_completed event carries that of its phase.
        values.put("compute_ms", fields.optionalNumber("compute_ms"));
    }

    private static void putOrigin(Fields fields, Map<String, @Nullable Object> values) throws UnreadableEvent {
        LocalDateTime created = fields.optionalTime("created_at");
        if (created == null) {
            return;
        }
        values.put("created_at", created);
        values.put("workflow_version", fields.integer("workflow_version", 1));
        values.put("priority", fields.integer("priority", 0));
        values.put("project_id", fields.optionalText("project_id"));
        values.put("campaign_id", fields.optionalText("campaign_id"));
        values.put("campaign_row", fields.optionalNumber("campaign_row"));
        values.put("custom_id", fields.optionalText("custom_id"));
        values.put("parent_task_id", fields.optionalText("parent_task_id"));
    }

    /** What a recovery or a derivative goes on from. A task that was recovered keeps it until it ends again. */
    private static void putResults(Fields fields, Map<String, @Nullable Object> values) throws UnreadableEvent {
        Long round = fields.optionalNumber("round");
        if (round != null) {
            values.put("round", fields.integer("round"));
        }
        if (fields.present("phase_results") != null) {
            fields.list("phase_results");
            values.put("phase_results", fields.json("phase_results"));
            values.put(Column.RESULTS_VERSION, fields.version());
        }
    }
}
