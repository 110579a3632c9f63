package io.millrace.edge.notify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends of tasks that a client was told and has not acknowledged. Each is sent again when it has been silent about it for long enough, so
 * often and no oftener: a client that does not acknowledge at all is told three times. Bounded; the oldest gives way, and is still in the log.
 */
final class Unacknowledged {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final int MAX_SENT = 3;
    private static final int MAX_KEPT = 256;

    private static final class Waiting {
        private final byte[] body;
        private int sent = 1;
        private long sentAtMillis;

        Waiting(byte[] body, long sentAtMillis) {
            this.body = body;
            this.sentAtMillis = sentAtMillis;
        }
    }

    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    synchronized void sent(Messages.Message message, long nowMillis) {
        waiting.put(message.id(), new Waiting(message.body(), nowMillis));
        if (waiting.size() > MAX_KEPT) {
            waiting.remove(waiting.keySet().iterator().next());
        }
    }

    /** Whether the message was waited for. */
    synchronized boolean acknowledged(String id) {
        return waiting.remove(id) != null;
    }

    /** What is to be sent again now. */
    synchronized List<byte[]> due(long nowMillis) {
        List<byte[]> due = new ArrayList<>();
        Iterator<Waiting> each = waiting.values().iterator();
        while (each.hasNext()) {
            Waiting one = each.next();
            if (nowMillis - one.sentAtMillis >= PATIENCE.toMillis()) {
                due.add(one.body);
                one.sent++;
                one.sentAtMillis = nowMillis;
                if (one.sent >= MAX_SENT) {
                    each.remove();
                }
            }
        }
        return due;
    }
}
