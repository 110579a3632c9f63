package io.millrace.readmodel.row;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written into one row of a table.
 *
 * @param values by column name, never null inside: {@code String} (JSON too), {@code Integer}, {@code Long}, {@code Double}, {@code
 *     Boolean} or {@code LocalDateTime} in UTC; a column that is not in here is not carried
 */
public record Row(Table table, Map<String, Object> values) {
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

    /** The event version that this row is as new as. */
    public long version() {
        return (Long) required("version");
    }

    /** Whether the row says where its task came from, which only the first and the last events do. */
    public boolean carriesOrigin() {
        return values.containsKey("created_at");
    }

    /** This row after the other was applied to it, as the database would have it. Both belong to one key of {@link Table#TASKS}. */
    public Row merge(Row incoming) {
        boolean newer = incoming.version() > version();
        Map<String, Object> merged = new HashMap<>();
        for (Column column : table.columns()) {
            Object value = column.rule().merge(get(column.name()), incoming.get(column.name()), newer);
            if (value != null) {
                merged.put(column.name(), value);
            }
        }
        return new Row(table, merged);
    }

    private Object required(String column) {
        Object value = values.get(column);
        if (value == null) {
            throw new IllegalStateException("a row of " + table + " without " + column);
        }
        return value;
    }
}
