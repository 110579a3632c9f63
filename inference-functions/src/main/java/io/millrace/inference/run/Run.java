package io.millrace.inference.run;

import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.store.Lease;
import io.millrace.inference.store.ResultKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The one computation of a key in this process, with the items that wait for it: the one that began it and repeats that joined. */
final class Run {
    private final ResultKey key;
    private final PhaseInput input;
    private final List<Item> items = new ArrayList<>();
    private boolean ended;
    private Lease lease = Lease.NONE;
    private long begunNanos;

    Run(ResultKey key, PhaseInput input, Item first) {
        this.key = key;
        this.input = input;
        items.add(first);
    }

    ResultKey key() {
        return key;
    }

    PhaseInput input() {
        return input;
    }

    /** The item that began it. */
    synchronized Item first() {
        return items.get(0);
    }

    /** Takes an item in; false when the run has ended and takes nobody in any more. */
    synchronized boolean join(Item item) {
        return !ended && items.add(item);
    }

    synchronized List<Item> items() {
        return List.copyOf(items);
    }

    /**
     * Ends the run if none of its items is wanted any more.
     *
     * @param loss why an item is not wanted; empty when it is
     * @return the reason of the newest item; empty when the run goes on
     */
    synchronized Optional<PhaseFailure> endIfUnwanted(Function<Item, Optional<PhaseFailure>> loss) {
        Optional<PhaseFailure> reason = Optional.empty();
        for (Item item : items) {
            reason = loss.apply(item);
            if (reason.isEmpty()) {
                return reason;
            }
        }
        ended = true;
        return reason;
    }

    /** Nobody joins from now on. @return all who wait for the answer */
    synchronized List<Item> end() {
        ended = true;
        return List.copyOf(items);
    }

    /** The model is called now. */
    synchronized void begin() {
        begunNanos = System.nanoTime();
    }

    /** How long an item waited for the model; nothing when it joined later. */
    synchronized Duration waited(Item item) {
        return Duration.ofNanos(Math.max(0, begunNanos - item.arrivedNanos()));
    }

    synchronized void hold(Lease taken) {
        lease = taken;
    }

    synchronized void giveBackLease() {
        lease.close();
        lease = Lease.NONE;
    }
}
