package io.millrace.inference.tick;

import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.LogLine;
import io.millrace.schemas.v1.Tick;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets at most one tick of an item through in 100 ms. Between two, the newest replaces the one that waits; what still waits when the
 * item ends is dropped, for the next step says more. Log lines pass at once. Called from any thread; never blocks.
 */
public final class TickGate {
    static final Duration INTERVAL = Duration.ofMillis(100);
    private static final int MAX_MESSAGE = 500;
    private static final int MAX_LINE = 300;
    private static final int LINES_KEPT = 20;

    private final InferenceItem item;
    private final TickSender sender;
    private final Alarm alarm;
    private final Deque<LogLine> lines = new ArrayDeque<>();
    private @Nullable Tick waiting;
    private boolean alarmSet;
    private boolean closed;
    private long nextAtNanos;
    private float fraction;

    TickGate(InferenceItem item, TickSender sender, Alarm alarm) {
        this.item = item;
        this.sender = sender;
        this.alarm = alarm;
        this.nextAtNanos = alarm.nanos();
    }

    /**
     * Moves the bar.
     *
     * @param fraction 0 to 1; what lies outside is moved to the border, and what is not a number to where the bar is
     */
    public synchronized void tick(double fraction, String message) {
        // One of many items knows nothing of the others: the bar of their phase moves by the number that is done.
        if (closed || item.getItem() > 0) {
            return;
        }
        if (!Double.isNaN(fraction)) {
            this.fraction = (float) Math.min(1, Math.max(0, fraction));
        }
        waiting = build(message).build();
        if (!alarmSet) {
            alarmSet = true;
            alarm.after(Duration.ofNanos(Math.max(0, nextAtNanos - alarm.nanos())), this::pass);
        }
    }

    /**
     * A line of the task's log: sent at once, and kept for the answer.
     *
     * @param level {@code info}, {@code warn} or {@code error}
     */
    public synchronized void log(String level, String message) {
        String line = brief(message, MAX_LINE);
        // One time for both, so that who has seen it live knows it again in the journal.
        long time = sender.millis();
        sender.sendLine(item, build(line).setLevel(level).build(), time);
        if (lines.size() == LINES_KEPT) {
            lines.remove();
        }
        lines.add(LogLine.newBuilder()
                .setLevel(level)
                .setMessage(line)
                .setTimeMs(time)
                .build());
    }

    /** The last lines, oldest first. */
    public synchronized List<LogLine> lines() {
        return List.copyOf(lines);
    }

    public synchronized void close() {
        closed = true;
        waiting = null;
    }

    private void pass() {
        Tick tick;
        synchronized (this) {
            alarmSet = false;
            tick = waiting;
            waiting = null;
            nextAtNanos = alarm.nanos() + INTERVAL.toNanos();
        }
        if (tick != null) {
            sender.send(item, tick);
        }
    }

    private Tick.Builder build(String message) {
        return Tick.newBuilder()
                .setPhase(item.getPhase())
                .setFraction(fraction)
                .setMessage(brief(message, MAX_MESSAGE));
    }

    private static String brief(String message, int most) {
        return message.length() <= most ? message : message.substring(0, most);
    }
}
