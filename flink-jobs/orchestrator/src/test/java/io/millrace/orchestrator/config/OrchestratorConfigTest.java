package io.millrace.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.config.KafkaAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrchestratorConfigTest {
    private static final List<String> REQUIRED = List.of(
            "--kafka=127.0.0.1:9092", "--inference-url=http://127.0.0.1:8100/functions", "--inference-token=t0");

    @Test
    void whatIsNotGivenHasItsDefault() {
        OrchestratorConfig config = config();

        assertThat(config.kafka())
                .isEqualTo(new KafkaSettings(new KafkaAccess("127.0.0.1:9092", Map.of()), Duration.ofHours(24)));
        assertThat(config.inference())
                .isEqualTo(new InferenceSettings(
                        URI.create("http://127.0.0.1:8100/functions"), "t0", Duration.ofSeconds(2), 64, 2, Map.of()));
        assertThat(config.checkpoints())
                .isEqualTo(new CheckpointSettings(Duration.ofSeconds(1), null, StateBackend.HASHMAP, 256));
        assertThat(config.job())
                .isEqualTo(new JobSettings("orchestrator", 1, Duration.ofMillis(1), Duration.ofHours(24)));
        assertThat(config.definitions()).isNull();
    }

    @Test
    void everyOptionIsRead() {
        OrchestratorConfig config = config(
                "--transaction-timeout=15m",
                "--inference-connect-timeout=500ms",
                "--inference-max-connections=8",
                "--batch-slots=3",
                "--inference-token-my_ocr=own",
                "--checkpoint-interval=200ms",
                "--checkpoint-dir=file:///data/checkpoints",
                "--state-backend=rocksdb",
                "--rocksdb-memory-mib=512",
                "--job-name=tasks",
                "--parallelism=4",
                "--buffer-timeout=2ms",
                "--retention=2h",
                "--definitions=/etc/millrace");

        assertThat(config.kafka().transactionTimeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.inference().connectTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.inference().maxConnections()).isEqualTo(8);
        assertThat(config.inference().batchSlots()).isEqualTo(3);
        URI own = URI.create("http://127.0.0.1:9000/ocr");
        assertThat(config.inference().at(own, "my_ocr").token()).isEqualTo("own");
        assertThat(config.inference().at(own, "other").token()).isEmpty();
        assertThat(config.inference().toString()).doesNotContain("own", "t0");
        assertThat(config.checkpoints())
                .isEqualTo(new CheckpointSettings(
                        Duration.ofMillis(200), "file:///data/checkpoints", StateBackend.ROCKSDB, 512));
        assertThat(config.job()).isEqualTo(new JobSettings("tasks", 4, Duration.ofMillis(2), Duration.ofHours(2)));
        assertThat(config.definitions()).isEqualTo(Path.of("/etc/millrace"));
    }

    @Test
    void theEnvironmentStandsInForAMissingArgument() {
        Map<String, String> environment = Map.of(
                "MILLRACE_KAFKA", "broker:1",
                "MILLRACE_INFERENCE_URL", "https://inference.example/functions",
                "MILLRACE_INFERENCE_TOKEN", "secret",
                "MILLRACE_PARALLELISM", "2");

        OrchestratorConfig config = OrchestratorConfig.of(new String[] {"--parallelism=3"}, environment);

        assertThat(config.kafka().access().bootstrapServers()).isEqualTo("broker:1");
        assertThat(config.inference().token()).isEqualTo("secret");
        assertThat(config.job().parallelism()).isEqualTo(3);
    }

    @Test
    void theTokenIsNeverPrinted() {
        assertThat(config("--inference-token=tell-nobody").toString()).doesNotContain("tell-nobody");
    }

    @Test
    void anOptionOfAnotherJobIsNotAFault() {
        assertThat(config("--mysql-url=jdbc:mysql://127.0.0.1/millrace").job().name())
                .isEqualTo("orchestrator");
    }

    @ParameterizedTest
    @CsvSource({
        "--parallelism=0, --parallelism must be a whole number from 1 to 128",
        "--parallelism=many, --parallelism must be a whole number from 1 to 128",
        "--batch-slots=33, --batch-slots must be a whole number from 1 to 32",
        "--checkpoint-interval=1, --checkpoint-interval must be a duration",
        "--checkpoint-interval=1ms, --checkpoint-interval must be a duration",
        "--transaction-timeout=xms, --transaction-timeout must be a duration",
        "--retention=119m, --retention must be at least 2h",
        "--retention=31d, --retention must be a duration",
        "--state-backend=memory, --state-backend must be hashmap or rocksdb",
        "--inference-url=ftp://host/x, --inference-url must look like",
        "--inference-url=::, --inference-url is not a URL",
        "--inference-token=a b, --inference-token must be printable",
        "--parallelism, --parallelism has no value",
        "parallelism=1, an option has the form --name=value",
    })
    void aBadValueIsRefusedByName(String argument, String complaint) {
        assertThatThrownBy(() -> config(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void aMissingOptionIsNamedWithItsRemedy() {
        assertThatThrownBy(() -> OrchestratorConfig.of(new String[0], Map.of()))
                .hasMessage("--kafka is missing: give it or set MILLRACE_KAFKA");
    }

    private static OrchestratorConfig config(String... more) {
        List<String> args = new ArrayList<>(REQUIRED);
        args.addAll(List.of(more));
        return OrchestratorConfig.of(args.toArray(String[]::new), Map.of());
    }
}
