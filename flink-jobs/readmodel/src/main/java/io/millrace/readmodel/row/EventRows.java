package io.millrace.readmodel.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one event says to the tables.
 *
 * @param task the row of {@link Table#TASKS}, with the columns that the event carries
 * @param history rows that belong to this version alone: snapshot and log
 * @param document rows of the design document, the poster first; empty when the event brings none. They are written together and
 *     only while the poster is absent: afterwards the document belongs to its editors
 * @param documentProblem why the document in the event cannot be stored; null when it can, or when there is none
 */
public record EventRows(
        Row task,
        List<Row> history,
        List<Row> document,
        @Nullable String documentProblem) {
    public EventRows {
        history = List.copyOf(history);
        document = List.copyOf(document);
    }
}
