package io.millrace.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.config.KafkaAccess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadModelConfigTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "MILLRACE_KAFKA", "127.0.0.1:9092",
            "MILLRACE_MYSQL_URL", "jdbc:mysql://127.0.0.1:3306/millrace?password=hidden",
            "MILLRACE_MYSQL_USER", "millrace",
            "MILLRACE_MYSQL_PASSWORD", "secret");

    @Test
    void environmentIsEnoughAndTheRestHasDefaults() {
        ReadModelConfig config = ReadModelConfig.of(new String[] {}, ENVIRONMENT);

        assertThat(config.kafka().bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(config.database().password()).isEqualTo("secret");
        assertThat(config.checkpoint().interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.checkpoint().directory()).isNull();
        assertThat(config.flush().maxEvents()).isEqualTo(5_000);
        assertThat(config.flush().interval()).isEqualTo(Duration.ofMillis(50));
        assertThat(config.parallelism()).isEqualTo(1);
    }

    @Test
    void argumentsWinOverTheEnvironment() {
        String[] args = {"--kafka=a:1", "--checkpoint-interval", "500ms", "--checkpoint-dir=file:///tmp/c"};
        ReadModelConfig config = ReadModelConfig.of(args, ENVIRONMENT);

        assertThat(config.kafka()).isEqualTo(new KafkaAccess("a:1", Map.of()));
        assertThat(config.checkpoint().interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.checkpoint().directory()).isEqualTo("file:///tmp/c");
    }

    @Test
    void credentialsAreNotPrinted() {
        assertThat(ReadModelConfig.of(new String[0], ENVIRONMENT).toString())
                .contains("127.0.0.1:9092")
                .doesNotContain("secret")
                .doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "--checkpoint-interval=2, checkpoint-interval must be a duration",
        "--checkpoint-interval=1ms, checkpoint-interval must be at least 10ms",
        "--checkpoint-timeout=1s, checkpoint-timeout must not be shorter",
        "--mysql-url=mysql://x, mysql-url must begin with jdbc:mysql:",
        "--mysql-user=, --mysql-user is missing",
        "--flush-events=many, flush-events must be a whole number",
        "--flush-events=0, flush-events must be at least 1",
        "--pending-events=10, pending-events must be at least flush-events",
        "--parallelism=0, parallelism must be at least 1",
        "--chekpoint-dir=x, unknown option --chekpoint-dir",
        "--kafka, --kafka has no value",
        "kafka, an option has the form --name=value"
    })
    void badValueIsNamedWithTheRemedy(String argument, String message) {
        assertThatThrownBy(() -> ReadModelConfig.of(new String[] {argument}, ENVIRONMENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void missingSettingNamesItsVariable() {
        assertThatThrownBy(() -> ReadModelConfig.of(new String[] {}, Map.of()))
                .hasMessage("--kafka is missing: give it or set MILLRACE_KAFKA");
    }
}
