package io.millrace.edge.watch;

import java.time.Duration;

/**
 * Bounds of a subscriber's mailbox.
 *
 * @param capacity durable events kept before the oldest give way, at least 4
 * @param movementInterval least time between two movements of one task
 */
record MailboxLimits(int capacity, Duration movementInterval) {
    MailboxLimits {
        if (capacity < 4) {
            throw new IllegalArgumentException("capacity of a mailbox must be at least 4, not " + capacity);
        }
    }

    static MailboxLimits standard() {
        return new MailboxLimits(256, Duration.ofMillis(100));
    }
}
