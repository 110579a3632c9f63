package io.millrace.orchestrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.shaded.netty4.io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private final AtomicLong clock = new AtomicLong();
    private final Freshness freshness = new Freshness(Duration.ofSeconds(60), clock::get);
    private final EmbeddedChannel connection = new EmbeddedChannel();

    @Test
    void aYoungConnectionIsUsedAgain() {
        assertThat(freshness.isHealthy(connection).getNow()).isTrue();

        clock.addAndGet(Duration.ofSeconds(59).toNanos());

        assertThat(freshness.isHealthy(connection).getNow()).isTrue();
    }

    @Test
    void anOldOneIsNot() {
        assertThat(freshness.isHealthy(connection).getNow()).isTrue();

        clock.addAndGet(Duration.ofSeconds(60).toNanos());

        assertThat(freshness.isHealthy(connection).getNow()).isFalse();
    }

    @Test
    void aClosedOneIsNot() {
        connection.close();

        assertThat(freshness.isHealthy(connection).getNow()).isFalse();
    }
}
