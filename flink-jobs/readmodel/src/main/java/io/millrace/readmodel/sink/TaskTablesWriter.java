package io.millrace.readmodel.sink;

import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.store.DatabaseSettings;
import io.millrace.readmodel.store.TaskStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the stream at once and has them stored behind its back. A checkpoint keeps what has not been stored instead of
 * waiting for it, so that checkpoints go on while the database is down.
 */
final class TaskTablesWriter implements StatefulSinkWriter<ReceivedEvent, List<ReceivedEvent>> {
    private static final Logger log = LoggerFactory.getLogger(TaskTablesWriter.class);
    /** How long a statement under way may take to end by itself. */
    private static final Duration STATEMENT = Duration.ofSeconds(2);

    private static final Duration CLOSE = Duration.ofSeconds(10);
    /** Events of one piece of state, so that another parallelism can deal pieces out. */
    private static final int PIECE = 500;

    private final PendingEvents pending;
    private final TaskStore store;
    private final RejectedEvents rejected;
    private final Thread flusher;

    TaskTablesWriter(
            DatabaseSettings database,
            FlushSettings flush,
            RejectedEvents rejected,
            MetricGroup metrics,
            Collection<List<ReceivedEvent>> restored) {
        this.rejected = rejected;
        pending =
                new PendingEvents(flush, restored.stream().flatMap(List::stream).toList());
        store = new TaskStore(database);
        flusher = new Thread(
                new Flusher(pending, store, rejected, new SinkMetrics(metrics, pending)), "readmodel-flusher");
        flusher.setDaemon(true);
        flusher.start();
        log.info("event=writer_started pending={} database=\"{}\"", pending.size(), database);
    }

    @Override
    public void write(ReceivedEvent event, Context context) throws IOException, InterruptedException {
        pending.put(event);
    }

    /** @param endOfInput true when no checkpoint follows that could keep what is pending */
    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        pending.throwFailure();
        if (endOfInput) {
            pending.awaitEmpty();
        }
    }

    @Override
    public List<List<ReceivedEvent>> snapshotState(long checkpointId) {
        List<ReceivedEvent> all = pending.all();
        List<List<ReceivedEvent>> pieces = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PIECE) {
            pieces.add(all.subList(from, Math.min(from + PIECE, all.size())));
        }
        return pieces;
    }

    @Override
    public void close() throws InterruptedException {
        pending.close();
        flusher.interrupt();
        flusher.join(STATEMENT.toMillis());
        if (flusher.isAlive()) {
            store.abort();
            flusher.join(CLOSE.toMillis());
        }
        if (flusher.isAlive()) {
            log.warn("event=flusher_still_runs after_ms={}", CLOSE.toMillis());
        }
        rejected.close();
    }
}
