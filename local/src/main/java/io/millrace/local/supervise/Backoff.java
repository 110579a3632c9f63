package io.millrace.local.supervise;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a room is started again: half a second, doubling to 15 s, each with up to a quarter more or less,
 * and not at all after ten starts none of which lasted.
 */
final class Backoff {
    /** A room that was ready for this long starts counting anew when it ends. */
    static final Duration LASTING = Duration.ofSeconds(60);

    static final int MAX_STARTS = 10;
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final double JITTER = 0.25;

    private final RandomGenerator random;
    private int starts;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The next wait, or nothing when it is time to give up. */
    Optional<Duration> next() {
        if (starts >= MAX_STARTS) {
            return Optional.empty();
        }
        long whole = Math.min(LONGEST.toMillis(), FIRST.toMillis() << starts);
        starts++;
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Optional.of(Duration.ofMillis(Math.round(whole * factor)));
    }

    void reset() {
        starts = 0;
    }
}
