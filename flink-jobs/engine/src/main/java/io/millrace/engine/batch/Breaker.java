package io.millrace.engine.batch;

import io.millrace.engine.Effect;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchTimer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Stops calling an endpoint that cannot be reached; from time to time one call goes out to see whether it is back. Timers go by a
 * clock that nobody sets, so it is the timer of a pause that ends it: the wall clock may have been set back since.
 */
final class Breaker {
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long MAX_PAUSE_MILLIS = 8_000;
    /** Open, and the call of its probe is out: a time that has come by any wall clock. */
    private static final long PROBED = 1;

    private final io.millrace.schemas.v1.Breaker.Builder state;
    private final BatchLimits limits;

    Breaker(io.millrace.schemas.v1.Breaker.Builder state, BatchLimits limits) {
        this.state = state;
        this.limits = limits;
    }

    /** Whether a call may go out now: any while closed, one for each probe while open. */
    boolean lets(long nowMillis) {
        long left = state.getOpenUntilMs() - nowMillis;
        // No pause is that long: the clock was set back, and its timer may come as much too late.
        return state.getOpenUntilMs() == 0 || state.getProbing() || left > MAX_PAUSE_MILLIS;
    }

    /** A call has gone out. */
    void called() {
        state.setProbing(false);
        if (state.getOpenUntilMs() != 0) {
            state.setOpenUntilMs(PROBED);
        }
    }

    /** A timer has come; that of an earlier pause ends none before its time. */
    void probe(BatchTimer timer, long nowMillis) {
        long until = state.getOpenUntilMs();
        if (until != 0 && (until <= nowMillis || until == timer.getId())) {
            state.setProbing(true);
        }
    }

    void answered(BatchReply reply, long nowMillis, List<Effect> effects) {
        boolean reached = !reply.hasFailure() || !reply.getFailure().getCode().equals(ErrorCode.UNAVAILABLE.name());
        if (reached) {
            state.clear();
            return;
        }
        state.setFailures(state.getFailures() + 1);
        boolean waitsForProbe = state.getOpenUntilMs() > nowMillis || state.getProbing();
        if (state.getFailures() < limits.tolerated() || waitsForProbe) {
            return;
        }
        int doublings = Math.min(state.getFailures() - limits.tolerated(), 10);
        long full = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << doublings);
        long pause = full / 2 + new SplittableRandom(nowMillis).nextLong(full / 2 + 1);
        state.setOpenUntilMs(nowMillis + pause);
        BatchTimer timer = BatchTimer.newBuilder()
                .setKind("probe")
                .setId(state.getOpenUntilMs())
                .build();
        effects.add(new Effect.Wake<>(
                Duration.ofMillis(pause),
                "",
                BatchMessage.newBuilder().setTimer(timer).build()));
        effects.add(new Effect.Count("breaker_opened", 1));
    }
}
