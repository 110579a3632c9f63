package io.millrace.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.config.KafkaAccess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceConfigTest {
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "MILLRACE_INFERENCE_PORT", "7301",
            "MILLRACE_INFERENCE_TOKEN", "secret",
            "MILLRACE_KAFKA", "127.0.0.1:9092",
            "MILLRACE_ARTIFACTS", "/data/artifacts",
            "MILLRACE_MODELS", "/data/models"));

    @Test
    void readsTheEnvironmentWithDefaults() {
        InferenceConfig config = InferenceConfig.from(environment);

        assertThat(config)
                .isEqualTo(new InferenceConfig(
                        "127.0.0.1",
                        7301,
                        "secret",
                        new KafkaAccess("127.0.0.1:9092", Map.of()),
                        "/data/artifacts",
                        Path.of("/data/artifacts/results"),
                        Path.of("/data/models"),
                        "cpu",
                        Runtime.getRuntime().availableProcessors(),
                        1024,
                        4));
    }

    @Test
    void workersAndCapacityCanBeSet() {
        environment.put("MILLRACE_INFERENCE_WORKERS", "3");
        environment.put("MILLRACE_INFERENCE_CAPACITY", "12");
        environment.put("MILLRACE_INFERENCE_LONG_RUNS", "7");
        environment.put("MILLRACE_DEVICE", "cuda:1");

        InferenceConfig config = InferenceConfig.from(environment);

        assertThat(config.workers()).isEqualTo(3);
        assertThat(config.capacity()).isEqualTo(12);
        assertThat(config.longRuns()).isEqualTo(7);
        assertThat(config.device()).isEqualTo("cuda:1");
    }

    @Test
    void listensWhereItIsTold() {
        environment.put("MILLRACE_INFERENCE_HOST", "0.0.0.0");

        assertThat(InferenceConfig.from(environment).host()).isEqualTo("0.0.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MILLRACE_INFERENCE_PORT",
                "MILLRACE_INFERENCE_TOKEN",
                "MILLRACE_KAFKA",
                "MILLRACE_ARTIFACTS",
                "MILLRACE_MODELS"
            })
    void whatIsMissingIsNamed(String name) {
        environment.put(name, " ");

        assertThatThrownBy(() -> InferenceConfig.from(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void besideABucketResultsNeedAFolder() {
        environment.put("MILLRACE_ARTIFACTS", "s3://posters/one");
        assertThatThrownBy(() -> InferenceConfig.from(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MILLRACE_RESULTS must be set to a folder");

        environment.put("MILLRACE_RESULTS", "/data/results");
        InferenceConfig config = InferenceConfig.from(environment);
        assertThat(config.artifacts()).isEqualTo("s3://posters/one");
        assertThat(config.results()).isEqualTo(Path.of("/data/results"));
    }

    @ParameterizedTest
    @CsvSource({
        "MILLRACE_INFERENCE_PORT,70000",
        "MILLRACE_INFERENCE_PORT,http",
        "MILLRACE_INFERENCE_WORKERS,0",
        "MILLRACE_INFERENCE_CAPACITY,-5"
    })
    void whatIsNoUsefulNumberIsNamed(String name, String value) {
        environment.put(name, value);

        assertThatThrownBy(() -> InferenceConfig.from(environment)).hasMessageContaining(name);
    }
}
