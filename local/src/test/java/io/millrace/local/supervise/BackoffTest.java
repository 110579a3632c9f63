package io.millrace.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void pausesGrowToABoundAndThenItGivesUp() {
        Backoff backoff = new Backoff(new Random(1));
        List<Duration> pauses = new ArrayList<>();
        for (Optional<Duration> next = backoff.next(); next.isPresent(); next = backoff.next()) {
            pauses.add(next.get());
        }

        assertThat(pauses).hasSize(Backoff.MAX_STARTS);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(375), Duration.ofMillis(625));
        assertThat(pauses.get(2)).isBetween(Duration.ofMillis(1500), Duration.ofMillis(2500));
        assertThat(pauses.get(9)).isBetween(Duration.ofMillis(11_250), Duration.ofMillis(18_750));
    }

    @Test
    void aRoomThatLastedStartsAnew() {
        Backoff backoff = new Backoff(new Random(1));
        while (backoff.next().isPresent()) {
            assertThat(backoff).isNotNull();
        }
        backoff.reset();

        assertThat(backoff.next()).hasValueSatisfying(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(1)));
    }

    @Test
    void twoRoomsDoNotWaitInStep() {
        Random random = new Random(1);

        assertThat(new Backoff(random).next()).isNotEqualTo(new Backoff(random).next());
    }
}
