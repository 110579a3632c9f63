package io.millrace.readmodel.sink;

import io.millrace.readmodel.event.ReceivedEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events between the stream and the database, in the order they came. An event leaves when it has been stored, so what is in here
 * is what a checkpoint must keep. One thread puts, one takes.
 */
final class PendingEvents {
    private static final Logger log = LoggerFactory.getLogger(PendingEvents.class);
    private static final long REPORT_SECONDS = 30;

    private final FlushSettings settings;
    private final Deque<ReceivedEvent> events = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition left = lock.newCondition();
    private long bytes;
    /** No event that is in no batch yet came before this moment. */
    private long waitingSince;

    private boolean closed;
    private @Nullable Throwable failure;

    PendingEvents(FlushSettings settings, Collection<ReceivedEvent> restored) {
        this.settings = settings;
        restored.forEach(this::append);
    }

    /** Waits while the buffer is full, for as long as that takes: the stream stands still, nothing is lost. */
    void put(ReceivedEvent event) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (full()) {
                awaitLeft("event=stream_waits");
            }
            throwFailure();
            append(event);
            if (events.size() == 1 || batchIsReady()) {
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The oldest events, without removing them; waits for the first, then for more until that one has waited the flush interval.
     *
     * @return empty when the buffer was closed
     */
    List<ReceivedEvent> nextBatch() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (events.isEmpty() && !closed) {
                arrived.await(REPORT_SECONDS, TimeUnit.SECONDS);
            }
            long remaining = waitingSince + settings.interval().toNanos() - System.nanoTime();
            while (!closed && !batchIsReady() && remaining > 0) {
                remaining = arrived.awaitNanos(remaining);
            }
            waitingSince = System.nanoTime();
            return closed ? List.of() : head();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest events have been stored. */
    void confirm(int count) {
        lock.lock();
        try {
            for (int i = 0; i < count; i++) {
                bytes -= events.removeFirst().sizeBytes();
            }
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All that has not been stored, in order. */
    List<ReceivedEvent> all() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return events.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits, for as long as that takes, until everything has been stored. */
    void awaitEmpty() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!events.isEmpty()) {
                awaitLeft("event=end_waits");
            }
            throwFailure();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the taking thread; what is in here stays. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** The taking thread is dead: the next call of the stream tells Flink. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void throwFailure() throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                throw new IOException("the writer of the task tables failed: " + failure, failure);
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitLeft(String event) throws IOException, InterruptedException {
        throwFailure();
        if (!left.await(REPORT_SECONDS, TimeUnit.SECONDS)) {
            log.warn("{} pending={} pending_bytes={}", event, events.size(), bytes);
        }
    }

    private boolean full() {
        return events.size() >= settings.pendingEvents() || bytes >= settings.pendingBytes();
    }

    private boolean batchIsReady() {
        return events.size() >= settings.maxEvents() || bytes >= settings.maxBytes();
    }

    private List<ReceivedEvent> head() {
        List<ReceivedEvent> head = new ArrayList<>(Math.min(events.size(), settings.maxEvents()));
        long headBytes = 0;
        for (ReceivedEvent event : events) {
            headBytes += event.sizeBytes();
            if (head.size() == settings.maxEvents() || !head.isEmpty() && headBytes > settings.maxBytes()) {
                break;
            }
            head.add(event);
        }
        return head;
    }

    private void append(ReceivedEvent event) {
        if (events.isEmpty()) {
            waitingSince = System.nanoTime();
        }
        events.addLast(event);
        bytes += event.sizeBytes();
    }
}
