package io.millrace.edge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPlanTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T00:00:00Z");
    private final RetryPlan plan = new RetryPlan(Duration.ofSeconds(5), Duration.ofHours(24));

    @Test
    void waitsGrowAreJitteredAndEndWithinADay() {
        Random random = new Random(7);
        for (int life = 0; life < 1_000; life++) {
            List<Duration> waits = new ArrayList<>();
            Instant now = BEGIN;
            Optional<Instant> next = plan.next(1, BEGIN, now, Duration.ZERO, random.nextDouble());
            while (next.isPresent()) {
                waits.add(Duration.between(now, next.get()));
                now = next.get();
                next = plan.next(waits.size() + 1, BEGIN, now, Duration.ZERO, random.nextDouble());
            }
            assertThat(waits).hasSizeBetween(8, 11);
            assertThat(waits.get(0)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
            assertThat(waits.get(3)).isBetween(Duration.ofSeconds(256), Duration.ofSeconds(384));
            assertThat(Duration.between(BEGIN, now)).isBetween(Duration.ofHours(14), Duration.ofHours(24));
        }
    }

    @Test
    void endpointIsNotAskedBeforeItWantsToBeButNotHeldBackForEver() {
        assertThat(plan.next(1, BEGIN, BEGIN, Duration.ofSeconds(120), 0.5)).contains(BEGIN.plusSeconds(120));
        assertThat(plan.next(1, BEGIN, BEGIN, Duration.ofDays(9), 0.5)).contains(BEGIN.plus(Duration.ofHours(1)));
    }
}
