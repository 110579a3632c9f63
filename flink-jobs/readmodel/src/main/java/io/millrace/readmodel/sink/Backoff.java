package io.millrace.readmodel.sink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing, jittered pauses between attempts: from 100 ms, doubled up to 5 s, each drawn from its upper half. */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofSeconds(5);

    private final RandomGenerator random;
    private long nextMillis = FIRST.toMillis();

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long millis = nextMillis;
        nextMillis = Math.min(2 * millis, LONGEST.toMillis());
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
