package io.millrace.readmodel.row;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written into one row of a table.
 *
 * @param values by column name, never null inside: {@code String} (JSON too), {@code Integer}, {@code Long}, {@code Double}, {@code
 *     Boolean}, {@code LocalDateTime} in UTC, or an {@code ObjectNode} that nobody changes where columns collect; a column that is not
 *     in here is not carried
 */
public record Row(Table table, Map<String, Object> values) {
    /** What is left of a task that was deleted: who it was, whose, and that it is gone. */
    private static final Set<String> STAYS = Set.of(
            "id",
            "user_id",
            "project_id",
            "type",
            "workflow_version",
            "priority",
            "status",
            "phase",
            "progress",
            "campaign_id",
            "campaign_row",
            "attempt",
            "step",
            "compute_ms",
            "created_at",
            "started_at",
            "completed_at",
            "updated_at",
            "round",
            "deleted_at",
            Column.RESULTS_VERSION,
            Column.OUTCOME_VERSION,
            "version");

    public Row {
        values = Map.copyOf(values);
    }

    /** @throws UnreadableEvent when a text neither fits its column nor may be cut */
    static Row of(Table table, Map<String, @Nullable Object> values) throws UnreadableEvent {
        Map<String, Object> fitted = new HashMap<>();
        List<Column> columns = table.columns();
        for (Column column : columns) {
            Object value = values.get(column.name());
            if (value != null) {
                fitted.put(column.name(), column.fit(value));
            }
        }
        return new Row(table, fitted);
    }

    public @Nullable Object get(String column) {
        return values.get(column);
    }

    /** The text of a column that every row of the table carries. */
    public String text(String column) {
        return (String) required(column);
    }

    /** Names the row within its table. */
    public String key() {
        List<Column> key = table.key();
        if (key.size() == 1) {
            return text(key.get(0).name());
        }
        return key.stream().map(column -> required(column.name()).toString()).collect(Collectors.joining("/"));
    }

    /** Whether the row says where its task came from, which only the first and the last events do. */
    public boolean carriesOrigin() {
        return values.containsKey("created_at");
    }

    /** Whether this is the row of a task that was deleted. */
    public boolean deleted() {
        return table == Table.TASKS && values.containsKey("deleted_at");
    }

    /** The row of a task without all that its owner had deleted. */
    public Row emptied() {
        Map<String, Object> left = new HashMap<>(values);
        left.keySet().retainAll(STAYS);
        return new Row(table, left);
    }

    /** The columns that {@link #emptied} takes away. */
    public static List<String> emptiedColumns() {
        return Table.TASKS.columns().stream()
                .map(Column::name)
                .filter(name -> !STAYS.contains(name))
                .toList();
    }

    /** This row after the other was applied to it, as the database would have it. Both have one key of one table. */
    public Row merge(Row incoming) {
        Map<String, Object> merged = new HashMap<>();
        for (Column column : table.columns()) {
            Object old = get(column.name());
            Object given = incoming.get(column.name());
            Object value = column.rule().merge(old, given, newer(incoming, table.guard(column)));
            if (value != null) {
                merged.put(column.name(), value);
            }
        }
        return new Row(table, merged);
    }

    @SuppressWarnings("unchecked") // the values of one column have one type
    private boolean newer(Row incoming, String guard) {
        Object theirs = incoming.get(guard);
        Object ours = get(guard);
        return theirs != null && (ours == null || ((Comparable<Object>) theirs).compareTo(ours) > 0);
    }

    private Object required(String column) {
        Object value = values.get(column);
        if (value == null) {
            throw new IllegalStateException("a row of " + table + " without " + column);
        }
        return value;
    }
}
