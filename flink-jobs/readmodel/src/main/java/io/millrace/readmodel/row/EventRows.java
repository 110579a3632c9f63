package io.millrace.readmodel.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one event says to the tables.
 *
 * @param rows each with the columns that the event carries, at most one of {@link Table#TASKS}
 * @param document rows of the design document, the poster first; empty when the event brings none. They are written together and
 *     only while the poster is absent: afterwards the document belongs to its editors
 * @param documentProblem why the document in the event cannot be stored; null when it can, or when there is none
 */
public record EventRows(
        List<Row> rows, List<Row> document, @Nullable String documentProblem) {
    public EventRows {
        rows = List.copyOf(rows);
        document = List.copyOf(document);
    }

    static EventRows of(Row... rows) {
        return new EventRows(List.of(rows), List.of(), null);
    }
}
