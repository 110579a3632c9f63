package io.millrace.readmodel.sink;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What the writer counts, under {@code readmodel} of its operator. Written by one thread, read by reporters. */
final class SinkMetrics {
    private final Counter events;
    private final Counter rows;
    private final Counter retries;
    private final Counter rejected;
    private volatile boolean failing;

    SinkMetrics(MetricGroup operator, PendingEvents pending) {
        MetricGroup group = operator.addGroup("readmodel");
        events = group.counter("events");
        rows = group.counter("rows");
        retries = group.counter("retries");
        rejected = group.counter("rejected");
        group.gauge("pending", (Gauge<Integer>) pending::size);
        group.gauge("failing", (Gauge<Integer>) () -> failing ? 1 : 0);
    }

    void stored(int storedEvents, int storedRows) {
        events.inc(storedEvents);
        rows.inc(storedRows);
    }

    void retried() {
        retries.inc();
        failing = true;
    }

    void recovered() {
        failing = false;
    }

    void rejected(int count) {
        rejected.inc(count);
    }
}
