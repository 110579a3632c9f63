package io.millrace.readmodel.store;

import io.millrace.readmodel.row.EventRows;
import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.RowSet;
import io.millrace.readmodel.row.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task tables behind one connection, which is opened when needed and dropped after any failure but one of the data. Used by one
 * thread, but for {@link #abort()}.
 */
public final class TaskStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TaskStore.class);
    private static final String KNOWN_POSTERS = "SELECT id FROM " + Table.POSTERS.sqlName() + " WHERE id IN ";
    private static final long IDLE_NANOS = 10_000_000_000L;
    private static final int VALIDATION_SECONDS = 2;
    private static final Comparator<Upsert> ORDER =
            Comparator.comparing(Upsert::table).thenComparing(Upsert::origin);

    private final Connector connector;
    private volatile @Nullable Connection connection;
    private long usedAt;
    private volatile boolean aborted;

    public TaskStore(DatabaseSettings settings) {
        this.connector = new Connector(settings);
    }

    /**
     * Writes events in one transaction: all of them or none. Each row is written once, whatever many of them say to it.
     *
     * @param events in the order they came
     * @return rows sent to the database
     * @throws SQLException what {@link DataError} calls one when a row is to blame; anything else when it may pass with time
     */
    public int write(List<EventRows> events) throws SQLException {
        Connection open = connection();
        try {
            RowSet set = new RowSet();
            events.forEach(set::add);
            Set<String> deleted = set.deleted();
            set.forget(deleted);
            set.forget(Deletions.among(open, set.tasks()));
            List<Row> rows = set.all();
            rows.addAll(newDocuments(events, open));
            for (Map.Entry<Upsert, List<Row>> group : groups(rows).entrySet()) {
                group.getKey().write(open, group.getValue());
            }
            Deletions.apply(open, deleted);
            open.commit();
            usedAt = System.nanoTime();
            return rows.size();
        } catch (SQLException e) {
            rollback(open, e);
            throw e;
        }
    }

    /** For the thread that writes. */
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            close(open);
        }
    }

    /** For any thread, when the one that writes hangs: its statement fails, and no other follows. */
    public void abort() {
        aborted = true;
        Connection open = connection;
        if (open != null) {
            abort(open);
        }
    }

    private static Map<Upsert, List<Row>> groups(List<Row> rows) {
        Map<Upsert, List<Row>> groups = new TreeMap<>(ORDER);
        rows.forEach(row -> groups.computeIfAbsent(Upsert.of(row), upsert -> new ArrayList<>())
                .add(row));
        return groups;
    }

    /** A document is new while its poster is absent. Later its parts may have been edited or deleted, and none may come back. */
    private static List<Row> newDocuments(List<EventRows> events, Connection open) throws SQLException {
        List<List<Row>> documents = events.stream()
                .map(EventRows::document)
                .filter(d -> !d.isEmpty())
                .toList();
        Set<String> seen =
                IdList.of(documents.stream().map(TaskStore::posterId).toList()).found(open, KNOWN_POSTERS);
        List<Row> rows = new ArrayList<>();
        for (List<Row> document : documents) {
            if (seen.add(posterId(document))) {
                rows.addAll(document);
            }
        }
        return rows;
    }

    private static String posterId(List<Row> document) {
        return document.get(0).text("id");
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open != null && System.nanoTime() - usedAt > IDLE_NANOS && !open.isValid(VALIDATION_SECONDS)) {
            drop(open);
            open = null;
        }
        if (open == null) {
            open = connector.open();
            connection = open;
            usedAt = System.nanoTime();
        }
        if (aborted) {
            drop(open);
            throw new SQLException("the store was aborted");
        }
        return open;
    }

    /** Only after an error in the data: any other may lie in the connection, or in a statement that it keeps. */
    private void rollback(Connection open, SQLException cause) {
        if (!DataError.is(cause)) {
            drop(open);
            return;
        }
        try {
            open.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            drop(open);
        }
    }

    private void drop(Connection open) {
        connection = null;
        abort(open);
    }

    private static void close(Connection open) {
        try {
            open.close();
        } catch (SQLException e) {
            log.debug("event=close_failed error={}", e.getMessage());
        }
    }

    /** Unlike close, abort does not wait for a server that no longer answers. */
    private static void abort(Connection open) {
        try {
            open.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("event=abort_failed error={}", e.getMessage());
        }
    }
}
