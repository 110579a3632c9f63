package io.millrace.readmodel.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void pausesGrowToTheLongestAndAreJittered() {
        Backoff backoff = new Backoff(new Random(7));
        Duration bound = Backoff.FIRST;
        for (int i = 0; i < 20; i++) {
            Duration pause = backoff.next();
            assertThat(pause).isBetween(bound.dividedBy(2), bound);
            bound = bound.multipliedBy(2).compareTo(Backoff.LONGEST) < 0 ? bound.multipliedBy(2) : Backoff.LONGEST;
        }
        assertThat(backoff.next()).isNotEqualTo(backoff.next());
    }
}
