package io.millrace.inference.run;

import io.millrace.inference.cancel.Cancellations;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.InferenceItem;
import java.time.InstantSource;
import java.util.Optional;

/** Tells whether anybody still wants the answer to an item. */
final class Demand {
    private final Cancellations cancellations;
    private final InstantSource clock;
    private volatile boolean draining;
    private volatile boolean ended;

    Demand(Cancellations cancellations, InstantSource clock) {
        this.cancellations = cancellations;
        this.clock = clock;
    }

    /** From now on nothing new begins. */
    void drain() {
        draining = true;
    }

    /** From now on nothing goes on. */
    void end() {
        ended = true;
    }

    /** Why an item whose turn has come is not begun; empty when it is. */
    Optional<PhaseFailure> refusal(Item item) {
        if (draining) {
            return Optional.of(new PhaseFailure(
                    ErrorCode.UNAVAILABLE, "this inference process is shutting down: send the item again"));
        }
        return loss(item);
    }

    /** Why an item that runs is given up; empty when it is wanted. */
    Optional<PhaseFailure> loss(Item item) {
        InferenceItem request = item.request();
        if (cancellations.covers(request.getTaskId(), request.getAttempt())) {
            return Optional.of(new PhaseFailure(
                    ErrorCode.CANCELLED, "attempt " + request.getAttempt() + " of the task was cancelled"));
        }
        if (item.expired(clock.millis())) {
            return Optional.of(new PhaseFailure(
                    ErrorCode.EXPIRED,
                    "the deadline passed after " + item.age().toMillis()
                            + " ms in this process: nobody waits for the answer"));
        }
        if (ended) {
            return Optional.of(
                    new PhaseFailure(ErrorCode.EXPIRED, "this inference process ended before the item was computed"));
        }
        return Optional.empty();
    }
}
