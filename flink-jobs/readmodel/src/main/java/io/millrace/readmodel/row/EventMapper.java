package io.millrace.readmodel.row;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.EventHeaders;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one public event says to the tables. It looks at the fields an event carries and not at its type, so that a type of
 * tomorrow that carries the common fields is stored as well.
 */
public final class EventMapper {
    private static final int MAX_REASON = 500;

    private EventMapper() {}

    /** @throws UnreadableEvent when a common field is missing or no table could take it */
    public static EventRows map(ReceivedEvent event) throws UnreadableEvent {
        if (event.type().isEmpty()) {
            throw new UnreadableEvent("header " + EventHeaders.TYPE + " is missing");
        }
        ObjectNode data = JsonText.object(event.value());
        Fields fields = new Fields(data, "");
        Row task = task(fields);
        List<Row> history = List.of(snapshot(event.type(), data, task), log(task));
        if (fields.present("result") == null) {
            return new EventRows(task, history, List.of(), null);
        }
        try {
            return new EventRows(task, history, DocumentMapper.rows(task, fields), null);
        } catch (UnreadableEvent e) {
            return new EventRows(task, history, List.of(), "the document cannot be stored: " + e.getMessage());
        }
    }

    /** A reason that fits into a header or a log line. */
    public static String shortReason(@Nullable String reason) {
        String line = reason == null ? "unknown" : reason.lines().findFirst().orElse("unknown");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON);
    }

    private static Row task(Fields fields) throws UnreadableEvent {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("id", fields.text("task_id"));
        values.put("user_id", fields.text("user_id"));
        values.put("type", fields.text("type"));
        values.put("version", version(fields));
        putState(fields, values);
        putOutcome(fields, values);
        putOrigin(fields, values);
        values.put("input_params", fields.json("input_params"));
        values.put("started_at", fields.optionalTime("started_at"));
        values.put("phase_results", phaseResults(fields));
        return Row.of(Table.TASKS, values);
    }

    private static long version(Fields fields) throws UnreadableEvent {
        long version = fields.number("version");
        if (version < 1) {
            throw new UnreadableEvent("version counts from 1, not " + version);
        }
        return version;
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
            throw new UnreadableEvent("status is none that this version knows: " + shortReason(status), e);
        }
    }

    private static void putOutcome(Fields fields, Map<String, @Nullable Object> values) throws UnreadableEvent {
        LocalDateTime completed = fields.optionalTime("completed_at");
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
        values.put("custom_id", fields.optionalText("custom_id"));
        values.put("parent_task_id", fields.optionalText("parent_task_id"));
    }

    /** One key for each phase and round, so that no event changes what another one brought. */
    private static @Nullable String phaseResults(Fields fields) throws UnreadableEvent {
        String phase = fields.optionalText("completed_phase");
        if (phase == null) {
            return null;
        }
        int round = fields.integer("round", 0);
        ObjectNode summary = JsonNodeFactory.instance.objectNode();
        summary.put("round", round);
        for (String field : List.of("compute_ms", "duration_ms")) {
            Long number = fields.optionalNumber(field);
            if (number != null) {
                summary.put(field, number);
            }
        }
        Fields facts = fields.optionalObject("facts");
        if (facts != null) {
            summary.set("facts", facts.object());
        }
        ObjectNode results = JsonNodeFactory.instance.objectNode();
        results.set(round == 0 ? phase : phase + "@" + round, summary);
        return JsonText.text(results);
    }

    private static Row snapshot(String eventType, ObjectNode data, Row task) throws UnreadableEvent {
        Map<String, @Nullable Object> values = history(task);
        values.put("event_type", eventType);
        values.put("status", task.get("status"));
        values.put("state", JsonText.text(data));
        return Row.of(Table.TASK_STATE_SNAPSHOTS, values);
    }

    private static Row log(Row task) throws UnreadableEvent {
        Map<String, @Nullable Object> values = history(task);
        values.put("message", task.get("message"));
        return Row.of(Table.TASK_PROGRESS_LOGS, values);
    }

    private static Map<String, @Nullable Object> history(Row task) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("task_id", task.get("id"));
        values.put("version", task.get("version"));
        values.put("phase", task.get("phase"));
        values.put("progress", task.get("progress"));
        values.put("created_at", task.get("updated_at"));
        return values;
    }
}
