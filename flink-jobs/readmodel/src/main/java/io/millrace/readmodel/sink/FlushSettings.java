package io.millrace.readmodel.sink;

import java.io.Serializable;
import java.time.Duration;

/**
 * How events are gathered for the database.
 *
 * @param maxEvents most events of one transaction, from 1
 * @param maxBytes most bytes of events of one transaction, from 1; a single larger event goes alone
 * @param interval longest time that an event waits for company, from 0
 * @param pendingEvents most events that wait for a database that is slow or down; beyond it the stream waits too
 * @param pendingBytes most bytes of events that wait
 */
public record FlushSettings(int maxEvents, int maxBytes, Duration interval, int pendingEvents, long pendingBytes)
        implements Serializable {
    public FlushSettings {
        atLeastOne("flush-events", maxEvents);
        atLeastOne("flush-bytes", maxBytes);
        atLeastOne("pending-events", pendingEvents);
        atLeastOne("pending-bytes", pendingBytes);
        if (interval.isNegative()) {
            throw new IllegalArgumentException("flush-interval must not be negative");
        }
        if (pendingEvents < maxEvents) {
            throw new IllegalArgumentException("pending-events must be at least flush-events, " + maxEvents);
        }
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
    }
}
