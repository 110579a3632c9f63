package io.millrace.readmodel.sink;

import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.row.EventMapper;
import io.millrace.readmodel.store.TaskStore;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread between the buffer and the database. While the database is down, or its tables are not there yet, it keeps its batch and
 * tries again; the stream and its checkpoints go on.
 */
final class Flusher implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Flusher.class);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final PendingEvents pending;
    private final TaskStore store;
    private final RejectedEvents rejected;
    private final SinkMetrics metrics;

    Flusher(PendingEvents pending, TaskStore store, RejectedEvents rejected, SinkMetrics metrics) {
        this.pending = pending;
        this.store = store;
        this.rejected = rejected;
        this.metrics = metrics;
    }

    @Override
    public void run() {
        try {
            List<ReceivedEvent> batch = pending.nextBatch();
            while (!batch.isEmpty()) {
                deliver(batch);
                pending.confirm(batch.size());
                batch = pending.nextBatch();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // A defect: the stream must not go on as if somebody stored its events.
            log.error("event=flusher_failed error={}", e.toString());
            pending.fail(e);
        } finally {
            store.close();
        }
    }

    private void deliver(List<ReceivedEvent> batch) throws InterruptedException {
        Delivery delivery = new Delivery(batch);
        untilDone("database", () -> delivery.store(store));
        List<Rejection> rejections = delivery.rejections();
        if (!rejections.isEmpty()) {
            rejections.forEach(r -> log.warn("event=rejected {} reason=\"{}\"", r.event(), r.reason()));
            untilDone("rejected_topic", () -> rejected.publish(rejections));
            metrics.rejected(rejections.size());
        }
        metrics.stored(batch.size(), delivery.rows());
    }

    private void untilDone(String target, Attempt attempt) throws InterruptedException {
        Backoff backoff = new Backoff(ThreadLocalRandom.current());
        long since = System.nanoTime();
        long reportAt = since;
        for (int failures = 0; ; failures++) {
            try {
                attempt.run();
                if (failures > 0) {
                    reportRecovered(target, failures, since);
                }
                return;
            } catch (SQLException | IOException e) {
                if (pending.closed()) {
                    throw new InterruptedException("the writer is closed");
                }
                metrics.retried();
                if (System.nanoTime() - reportAt >= 0) {
                    reportAt = System.nanoTime() + REPORT_NANOS;
                    String reason = EventMapper.shortReason(e.getMessage());
                    log.warn("event=waiting target={} pending={} error=\"{}\"", target, pending.size(), reason);
                }
            }
            TimeUnit.MILLISECONDS.sleep(backoff.next().toMillis());
        }
    }

    private void reportRecovered(String target, int failures, long since) {
        metrics.recovered();
        long millis = Duration.ofNanos(System.nanoTime() - since).toMillis();
        log.info(
                "event=recovered target={} failures={} after_ms={} pending={}",
                target,
                failures,
                millis,
                pending.size());
    }

    private interface Attempt {
        void run() throws SQLException, IOException, InterruptedException;
    }
}
