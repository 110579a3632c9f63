package io.millrace.edge.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a message that failed is tried again: {@code first * 4^n}, six hours at most, a fifth more or less by chance so that what failed
 * together does not come back together; never before the endpoint's own {@code Retry-After}.
 */
final class RetryPlan {
    private static final Duration MAX_WAIT = Duration.ofHours(6);
    private static final Duration MAX_ASKED = Duration.ofHours(1);
    private static final int MAX_DOUBLINGS = 16;

    private final Duration first;
    private final Duration giveUp;

    RetryPlan(Duration first, Duration giveUp) {
        this.first = first;
        this.giveUp = giveUp;
    }

    /**
     * When to try again.
     *
     * @param attempts how many have failed, from 1
     * @param since when the message was first tried or asked for again
     * @param asked what the endpoint asked for; zero when nothing
     * @param chance 0 to 1
     * @return empty when it is given up
     */
    Optional<Instant> next(int attempts, Instant since, Instant now, Duration asked, double chance) {
        long factor = 1L << Math.min(2L * (attempts - 1), 2L * MAX_DOUBLINGS);
        long millis = Math.min(MAX_WAIT.toMillis(), first.toMillis() * factor);
        Duration wait = Duration.ofMillis((long) (millis * (0.8 + 0.4 * chance)));
        Duration wanted = asked.compareTo(MAX_ASKED) > 0 ? MAX_ASKED : asked;
        Instant next = now.plus(wait.compareTo(wanted) < 0 ? wanted : wait);
        return next.isAfter(since.plus(giveUp)) ? Optional.empty() : Optional.of(next);
    }
}
