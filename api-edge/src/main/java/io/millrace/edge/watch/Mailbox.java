package io.millrace.edge.watch;

import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.Place;
import io.millrace.edge.problem.CloseReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber has not taken yet. The poll thread offers, the subscriber's own thread polls.
 *
 * <p>Movement inside a phase conflates: the newest of a task, at most one in each interval. Durable events keep their order and are
 * all delivered while there is room; beyond that the oldest give way to a gap that names their range. Ends of tasks never give way:
 * if nothing but those is left at {@value #HARD_FACTOR} times the capacity the mailbox overflows, and its subscriber has to
 * come back with its cursor. Places of delivered events never go back, so that every one of them is a sound cursor.
 */
final class Mailbox {
    static final int HARD_FACTOR = 4;

    private final MailboxLimits limits;
    private final List<LiveEvent> queue = new ArrayList<>();
    private final LinkedHashMap<String, LiveEvent> movements = new LinkedHashMap<>();
    private final Map<String, Long> movedAtNanos = new HashMap<>();
    private Place after;
    private Place delivered;
    private @Nullable CloseReason ending;

    /**
     * @param after events up to this place are not wanted
     */
    Mailbox(MailboxLimits limits, Place after) {
        this.limits = limits;
        this.after = after;
        this.delivered = after;
    }

    /** Its client has seen what lies up to this place, which is of the same partition and may be ahead of what was offered. */
    synchronized void skipTo(Place seen) {
        if (seen.after(after)) {
            after = seen;
            delivered = seen;
            queue.removeIf(this::isSeen);
            movements.values().removeIf(this::isSeen);
        }
    }

    private boolean isSeen(LiveEvent event) {
        return !event.hasNoRecord() && !event.place().after(after);
    }

    synchronized int partition() {
        return after.partition();
    }

    /** Events come in the order of their places. */
    synchronized void offer(LiveEvent event) {
        if (ending != null || isSeen(event)) {
            return;
        }
        if (event.conflates()) {
            offerMovement(event);
            return;
        }
        movements.remove(event.taskId());
        if (event.mustArrive()) {
            movedAtNanos.remove(event.taskId());
        }
        if (queue.size() >= limits.capacity()) {
            makeRoom();
        }
        queue.add(event);
        if (queue.size() > HARD_FACTOR * limits.capacity()) {
            end(CloseReason.SLOW_CONSUMER);
        }
    }

    private void offerMovement(LiveEvent event) {
        movements.remove(event.taskId());
        if (movements.size() >= limits.capacity()) {
            movements.remove(movements.keySet().iterator().next());
        }
        movements.put(event.taskId(), event);
    }

    /** Replaces the oldest quarter of what may give way by gaps, neighbours merged. */
    private void makeRoom() {
        int toDrop = Math.max(1, limits.capacity() / 4);
        List<LiveEvent> kept = new ArrayList<>(queue.size());
        Place before = delivered;
        for (LiveEvent event : queue) {
            boolean gap = event.content() instanceof LiveEvent.Skipped;
            if (event.mustArrive() || (!gap && toDrop == 0)) {
                kept.add(event);
            } else {
                toDrop -= gap ? 0 : 1;
                if (!event.hasNoRecord()) {
                    addGap(kept, event, before);
                }
            }
            before = event.place();
        }
        queue.clear();
        queue.addAll(kept);
    }

    private static void addGap(List<LiveEvent> kept, LiveEvent dropped, Place before) {
        Place from = before;
        int skipped = 1;
        if (dropped.content() instanceof LiveEvent.Skipped earlier) {
            from = earlier.from();
            skipped = earlier.skipped();
        }
        int last = kept.size() - 1;
        if (last >= 0 && kept.get(last).content() instanceof LiveEvent.Skipped neighbour) {
            from = neighbour.from();
            skipped += neighbour.skipped();
            kept.remove(last);
        }
        kept.add(LiveEvent.gap(from, dropped.place(), skipped, "slow_consumer"));
    }

    /** The next event to deliver, or null when none is due. */
    synchronized @Nullable LiveEvent poll(long nowNanos) {
        if (!queue.isEmpty()) {
            LiveEvent event = queue.remove(0);
            if (event.hasNoRecord()) {
                return event.at(delivered);
            }
            delivered = event.place();
            return event;
        }
        Iterator<LiveEvent> pending = movements.values().iterator();
        while (pending.hasNext()) {
            LiveEvent event = pending.next();
            if (!event.hasNoRecord() && !event.place().after(delivered)) {
                pending.remove();
            } else if (nanosUntilDue(event, nowNanos) <= 0) {
                pending.remove();
                rememberMovement(event.taskId(), nowNanos);
                if (event.hasNoRecord()) {
                    return event.at(delivered);
                }
                delivered = event.place();
                return event;
            }
        }
        return null;
    }

    private void rememberMovement(String taskId, long nowNanos) {
        if (movedAtNanos.size() >= HARD_FACTOR * limits.capacity()) {
            movedAtNanos
                    .values()
                    .removeIf(at -> nowNanos - at > limits.movementInterval().toNanos());
        }
        movedAtNanos.put(taskId, nowNanos);
    }

    private long nanosUntilDue(LiveEvent event, long nowNanos) {
        Long movedAt = movedAtNanos.get(event.taskId());
        return movedAt == null ? 0 : movedAt + limits.movementInterval().toNanos() - nowNanos;
    }

    /** When to poll again although nothing new was offered, in nanoseconds from now; -1 when there is no need. */
    synchronized long nanosUntilNext(long nowNanos) {
        if (!queue.isEmpty()) {
            return 0;
        }
        long next = -1;
        for (LiveEvent event : movements.values()) {
            long wait = Math.max(0, nanosUntilDue(event, nowNanos));
            next = next < 0 ? wait : Math.min(next, wait);
        }
        return next;
    }

    /** It takes nothing more; what is in it is still delivered. */
    synchronized void end(CloseReason reason) {
        if (ending == null) {
            ending = reason;
        }
    }

    /** Why it takes nothing more: more ends of tasks than it holds have piled up, or somebody ended it; null while it does. */
    synchronized @Nullable CloseReason ending() {
        return ending;
    }
}
