package io.millrace.readmodel.row;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.task.TaskStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that tasks of some types have beside their own: roadmaps, and the covers of roadmaps. */
final class RoadmapMapper {
    private static final String ROADMAP = "roadmap";
    private static final String COVER = "cover_image";

    private RoadmapMapper() {}

    static void add(List<Row> rows, Row task, Fields fields) throws UnreadableEvent {
        String type = task.text("type");
        if (type.equals(ROADMAP)) {
            rows.add(roadmap(task, fields));
        } else if (type.equals(COVER)) {
            Fields params = fields.optionalObject("input_params");
            String roadmap = params == null ? null : params.optionalText("roadmap_id");
            if (params != null && roadmap != null && !roadmap.isEmpty()) {
                rows.add(cover(task, fields, roadmap, params));
            }
        }
    }

    private static Row roadmap(Row task, Fields fields) throws UnreadableEvent {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String column :
                List.of("id", "user_id", "status", "created_at", "updated_at", Column.OUTCOME_VERSION, "version")) {
            values.put(column, task.get(column));
        }
        String title = text(fields, "result", List.of("title", "name"));
        values.put("title", title == null ? text(fields, "input_params", List.of("title", "topic", "goal")) : title);
        values.put("content", fields.json("result"));
        return Row.of(Table.ROADMAPS, values);
    }

    private static Row cover(Row task, Fields fields, String roadmap, Fields params) throws UnreadableEvent {
        Map<String, @Nullable Object> values = new HashMap<>();
        String id = task.text("id");
        values.put("roadmap_id", roadmap);
        values.put("user_id", task.get("user_id"));
        values.put("task_id", id);
        TaskStatus status = TaskStatus.ofWireName(task.text("status"));
        values.put("status", coverStatus(status));
        if (status == TaskStatus.CANCELLED) {
            values.put("error", "cancelled");
        } else {
            values.put("error", text(fields, "error", List.of("message")));
        }
        values.put("url", url(fields));
        // Each try is a task of its own, so the task's attempt does not count them.
        Long attempt = params.optionalNumber("attempt");
        values.put("attempt", attempt == null ? task.get("attempt") : attempt);
        values.put("updated_at", task.get("updated_at"));
        // Ids of tasks sort by time; the digits make versions sort as text.
        values.put("position", String.format(Locale.ROOT, "%s/%012d", id, fields.version()));
        return Row.of(Table.COVER_IMAGES, values);
    }

    private static String coverStatus(TaskStatus status) {
        return switch (status) {
            case PENDING, QUEUED, PROCESSING, PAUSED -> "generating";
            case COMPLETED, PARTIAL_FAILURE -> "success";
            case FAILED, CANCELLED -> "failed";
        };
    }

    private static @Nullable String url(Fields fields) throws UnreadableEvent {
        String url = text(fields, "result", List.of("url", "preview", "preview_url", "artifact"));
        JsonNode first = fields.object().at("/result/images/0/artifact");
        return url == null && first.isTextual() ? first.textValue() : url;
    }

    /** The first of the named texts in an object of the event; null when there is none, or something else in its place. */
    private static @Nullable String text(Fields fields, String object, List<String> names) {
        for (String name : names) {
            JsonNode node = fields.object().path(object).path(name);
            if (node.isTextual() && !node.textValue().isEmpty()) {
                return node.textValue();
            }
        }
        return null;
    }
}
