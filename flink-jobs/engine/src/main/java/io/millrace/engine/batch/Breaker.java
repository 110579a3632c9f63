package io.millrace.engine.batch;

import io.millrace.engine.Effect;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchTimer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Stops calling an endpoint that cannot be reached; from time to time one call goes out to see whether it is back. */
final class Breaker {
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long MAX_PAUSE_MILLIS = 8_000;

    private final io.millrace.schemas.v1.Breaker.Builder state;
    private final BatchLimits limits;

    Breaker(io.millrace.schemas.v1.Breaker.Builder state, BatchLimits limits) {
        this.state = state;
        this.limits = limits;
    }

    /** Whether a call may go out now: any while closed, one for each probe while open. */
    boolean lets() {
        return state.getOpenUntilMs() == 0 || state.getProbing();
    }

    /** A call has gone out. */
    void called() {
        state.setProbing(false);
    }

    void probe(long nowMillis) {
        if (state.getOpenUntilMs() != 0 && state.getOpenUntilMs() <= nowMillis) {
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
        BatchTimer timer = BatchTimer.newBuilder().setKind("probe").build();
        effects.add(new Effect.Wake<>(
                Duration.ofMillis(pause),
                "",
                BatchMessage.newBuilder().setTimer(timer).build()));
        effects.add(new Effect.Count("breaker_opened", 1));
    }
}
