package io.millrace.readmodel.sink;

import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.row.EventMapper;
import io.millrace.readmodel.row.EventRows;
import io.millrace.readmodel.row.UnreadableEvent;
import io.millrace.readmodel.store.DataError;
import io.millrace.readmodel.store.TaskStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One batch on its way into the database. It can be stored again after a failure that passes; an event that the database refuses for
 * its data is singled out by halves and rejected, so that it takes no other event with it.
 */
final class Delivery {
    /** An event of the batch by its place, and the rows it became. */
    private record Part(int place, EventRows rows) {}

    private final List<ReceivedEvent> events;
    private final List<Part> parts = new ArrayList<>();
    /** Reasons by place in the batch: a batch that is stored again rejects nothing twice. */
    private final Map<Integer, String> reasons = new LinkedHashMap<>();

    private int rows;

    Delivery(List<ReceivedEvent> events) {
        this.events = events;
        for (int place = 0; place < events.size(); place++) {
            try {
                EventRows mapped = EventMapper.map(events.get(place));
                parts.add(new Part(place, mapped));
                if (mapped.documentProblem() != null) {
                    reasons.put(place, mapped.documentProblem());
                }
            } catch (UnreadableEvent e) {
                reasons.put(place, EventMapper.shortReason(e.getMessage()));
            }
        }
    }

    /** @throws SQLException a failure that may pass: call again */
    void store(TaskStore store) throws SQLException {
        rows = 0;
        if (!parts.isEmpty()) {
            store(store, parts);
        }
    }

    /** Rows sent by the last {@link #store}. */
    int rows() {
        return rows;
    }

    /** Known once {@link #store} has returned. */
    List<Rejection> rejections() {
        return reasons.entrySet().stream()
                .map(reason -> new Rejection(events.get(reason.getKey()), reason.getValue()))
                .toList();
    }

    private void store(TaskStore store, List<Part> part) throws SQLException {
        try {
            rows += store.write(part.stream().map(Part::rows).toList());
        } catch (SQLException e) {
            if (!DataError.is(e)) {
                throw e;
            }
            if (part.size() == 1) {
                reasons.put(part.get(0).place(), "the database refuses it: " + EventMapper.shortReason(e.getMessage()));
                return;
            }
            int middle = part.size() / 2;
            store(store, part.subList(0, middle));
            store(store, part.subList(middle, part.size()));
        }
    }
}
