package io.millrace.engine.task;

import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.workflow.Phase;
import java.time.Duration;

/**
 * What becomes of a try that failed. Faults of the item use up its tries; an endpoint that is down or full costs time, not tries.
 *
 * @param code why it failed
 * @param message for people
 * @param over no further try
 * @param faults tries that failed through the item's own fault, this one included
 * @param outageSinceMs since when it could not be computed for reasons that are not its own; 0: it can
 */
record Faults(ErrorCode code, String message, boolean over, int faults, long outageSinceMs) {
    private static final int MAX_MESSAGE = 500;

    static Faults judge(
            ItemFailure failure, Phase.Retry retry, int faultsBefore, long outageSinceMs, TaskLimits limits, long now) {
        ErrorCode code = code(failure.getCode());
        String given = failure.getMessage().isBlank() ? "the function gave no reason" : failure.getMessage();
        String message = given.length() > MAX_MESSAGE ? given.substring(0, MAX_MESSAGE) : given;
        if (!failure.getRetryable() || !code.retryable()) {
            return new Faults(code, message, true, faultsBefore, outageSinceMs);
        }
        if (outage(code)) {
            long since = outageSinceMs == 0 ? now : outageSinceMs;
            boolean over = now - since > limits.outage().toMillis();
            String why = over ? message + " (for " + limits.outage().toMinutes() + " min)" : message;
            return new Faults(code, why, over, faultsBefore, since);
        }
        int faults = faultsBefore + 1;
        boolean over = faults >= retry.maxAttempts();
        return new Faults(code, over ? message + " (" + faults + " tries)" : message, over, faults, 0);
    }

    /** The pause before the next try, the same for the same seed. */
    Duration pause(Phase.Retry retry, long seed) {
        int exponent = outage(code) ? Backoff.OUTAGE_EXPONENT : faults - 1;
        return Backoff.delay(retry.backoff(), exponent, seed);
    }

    private static boolean outage(ErrorCode code) {
        return code == ErrorCode.UNAVAILABLE || code == ErrorCode.BUSY || code == ErrorCode.EXPIRED;
    }

    private static ErrorCode code(String name) {
        try {
            return ErrorCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            return ErrorCode.INTERNAL;
        }
    }
}
