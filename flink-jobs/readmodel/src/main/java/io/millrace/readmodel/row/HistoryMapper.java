package io.millrace.readmodel.row;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entry of an event in the history of its task. Sixteen versions share a row: a task of a dozen events costs one row and not two
 * dozen. Views give each version as a row of its own.
 */
final class HistoryMapper {
    /** Versions to a row. In the migration and its views too. */
    static final int PAGE = 16;
    /** Held by the row of the task, or too large to be kept again with each end. */
    private static final List<String> ELSEWHERE =
            List.of("task_id", "user_id", "type", "input_params", "result", "phase_results");

    private HistoryMapper() {}

    static Row row(String eventType, ObjectNode data, Row task) throws UnreadableEvent {
        long version = (Long) Objects.requireNonNull(task.get("version"));
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.setAll(data);
        entry.remove(ELSEWHERE);
        entry.put("event_type", eventType);
        ObjectNode entries = JsonNodeFactory.instance.objectNode();
        entries.set(Long.toString(version), JsonText.withoutNulls(entry));
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("task_id", task.get("id"));
        values.put("page", Math.toIntExact((version - 1) / PAGE));
        values.put("entries", entries);
        return Row.of(Table.TASK_HISTORY, values);
    }
}
