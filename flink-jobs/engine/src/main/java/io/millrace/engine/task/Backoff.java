package io.millrace.engine.task;

import java.time.Duration;
import java.util.SplittableRandom;

/** Pauses between tries: exponential up to a minute, between half and all of it, the same for the same seed. */
final class Backoff {
    /** While an endpoint is down the pause stays at four times the first. */
    static final int OUTAGE_EXPONENT = 2;

    private static final long MAX_MILLIS = 60_000;

    private Backoff() {}

    static Duration delay(Duration first, int exponent, long seed) {
        long full = Math.min(MAX_MILLIS, first.toMillis() << Math.min(exponent, 16));
        long half = Math.max(1, full / 2);
        return Duration.ofMillis(half + new SplittableRandom(seed).nextLong(half + 1));
    }
}
