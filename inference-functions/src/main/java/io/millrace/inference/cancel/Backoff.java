package io.millrace.inference.cancel;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between tries: doubled each time up to a limit, and spread by half so that processes do not return in step. */
final class Backoff {
    private static final int MAX_DOUBLINGS = 16;

    private final Duration first;
    private final Duration longest;
    private int failures;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    Duration next() {
        long whole = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        return Duration.ofMillis(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }

    int failures() {
        return failures;
    }

    void reset() {
        failures = 0;
    }
}
