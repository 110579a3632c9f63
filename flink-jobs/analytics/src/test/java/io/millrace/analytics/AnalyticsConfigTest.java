package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyticsConfigTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("MILLRACE_KAFKA", "127.0.0.1:9092");

    @Test
    void environmentIsEnoughAndTheRestHasDefaults() {
        AnalyticsConfig config = AnalyticsConfig.of(new String[] {}, ENVIRONMENT);

        assertThat(config.kafka().bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(config.eventTime().outOfOrder()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.eventTime().lateness()).isEqualTo(Duration.ofHours(1));
        assertThat(config.checkpoint().interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.transactionTimeout()).isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @CsvSource({
        "--checkpoint-interval=1ms, checkpoint-interval must be at least 10ms",
        "--lateness=1, lateness must be a duration",
        "--idle=0ms, idle must be at least 1ms",
        "--transaction-timeout=5s, transaction-timeout must be longer than checkpoint-interval",
        "--latenes=1h, unknown option --latenes"
    })
    void badValueIsNamedWithTheRemedy(String argument, String message) {
        assertThatThrownBy(() -> AnalyticsConfig.of(new String[] {argument}, ENVIRONMENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
