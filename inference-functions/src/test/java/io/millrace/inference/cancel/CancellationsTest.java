package io.millrace.inference.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CancellationsTest {
    private final Cancellations cancellations = new Cancellations(2);

    @Test
    void anAttemptAndAllBeforeItAreCovered() {
        cancellations.note("a", 2);
        cancellations.note("a", 1);

        assertThat(cancellations.covers("a", 1)).isTrue();
        assertThat(cancellations.covers("a", 2)).isTrue();
        assertThat(cancellations.covers("a", 3)).isFalse();
        assertThat(cancellations.covers("b", 1)).isFalse();
    }

    @Test
    void theOldestIsForgottenWhenFull() {
        cancellations.note("a", 1);
        cancellations.note("b", 1);
        cancellations.note("a", 2);
        cancellations.note("c", 1);

        assertThat(cancellations.size()).isEqualTo(2);
        assertThat(cancellations.covers("a", 2)).isTrue();
        assertThat(cancellations.covers("b", 1)).isFalse();
        assertThat(cancellations.covers("c", 1)).isTrue();
    }

    @Test
    void pausesGrowToALimitAndStartAnew() {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
        for (long whole : new long[] {500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000}) {
            assertThat(backoff.next().toMillis()).isBetween(whole / 2, whole);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next().toMillis()).isBetween(5_000L, 10_000L);
        }
        backoff.reset();
        assertThat(backoff.next().toMillis()).isBetween(250L, 500L);
    }
}
