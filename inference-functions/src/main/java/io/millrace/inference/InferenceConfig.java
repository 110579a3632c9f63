package io.millrace.inference;

import io.millrace.artifacts.ArtifactStores;
import io.millrace.schemas.config.KafkaAccess;
import java.nio.file.Path;
import java.util.Map;

/**
 * Settings of the process.
 *
 * @param host address on which the HTTP endpoint listens
 * @param port of the HTTP endpoint; 0 for any free one
 * @param token bearer token that callers must send
 * @param artifacts where blobs are: a folder, or {@code s3://BUCKET/PREFIX}
 * @param results folder with results of phases and leases; processes that share it compute nothing twice
 * @param models folder where models are unpacked, fetched or built
 * @param device where models run that name none: {@code cpu}, {@code cuda} or {@code cuda:N}
 * @param workers threads that run models
 * @param capacity items in the process at once
 * @param longRuns phases that outlast their call, at once
 */
public record InferenceConfig(
        String host,
        int port,
        String token,
        KafkaAccess kafka,
        String artifacts,
        Path results,
        Path models,
        String device,
        int workers,
        int capacity,
        int longRuns) {
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_CAPACITY = 1024;
    private static final int DEFAULT_LONG_RUNS = 4;

    /**
     * Reads MILLRACE_INFERENCE_HOST (default {@code 127.0.0.1}), _PORT, _TOKEN, _WORKERS (default: cores), _CAPACITY (default 1024),
     * _LONG_RUNS (default 4), MILLRACE_KAFKA, MILLRACE_KAFKA_PROPERTIES (default: no credentials), MILLRACE_ARTIFACTS,
     * MILLRACE_RESULTS (default: {@code results} below a folder of artifacts), MILLRACE_MODELS and MILLRACE_DEVICE (default {@code cpu}).
     *
     * @throws IllegalArgumentException naming the variable and what it must be
     */
    public static InferenceConfig from(Map<String, String> environment) {
        return new InferenceConfig(
                host(environment),
                number(environment, "MILLRACE_INFERENCE_PORT", -1, 0, 65_535),
                text(environment, "MILLRACE_INFERENCE_TOKEN"),
                KafkaAccess.of(text(environment, "MILLRACE_KAFKA"), environment.get(KafkaAccess.VARIABLE)),
                text(environment, "MILLRACE_ARTIFACTS"),
                results(environment),
                Path.of(text(environment, "MILLRACE_MODELS")),
                environment.getOrDefault("MILLRACE_DEVICE", "cpu").strip(),
                number(
                        environment,
                        "MILLRACE_INFERENCE_WORKERS",
                        Runtime.getRuntime().availableProcessors(),
                        1,
                        1_024),
                number(environment, "MILLRACE_INFERENCE_CAPACITY", DEFAULT_CAPACITY, 1, 1_000_000),
                number(environment, "MILLRACE_INFERENCE_LONG_RUNS", DEFAULT_LONG_RUNS, 1, 256));
    }

    private static Path results(Map<String, String> environment) {
        String folder = environment.getOrDefault("MILLRACE_RESULTS", "").strip();
        String artifacts = text(environment, "MILLRACE_ARTIFACTS");
        if (folder.isEmpty() && ArtifactStores.isBucket(artifacts)) {
            throw new IllegalArgumentException(
                    "MILLRACE_RESULTS must be set to a folder, as MILLRACE_ARTIFACTS is a bucket");
        }
        return folder.isEmpty() ? Path.of(artifacts, "results") : Path.of(folder);
    }

    private static String host(Map<String, String> environment) {
        String host = environment.getOrDefault("MILLRACE_INFERENCE_HOST", "").strip();
        return host.isEmpty() ? DEFAULT_HOST : host;
    }

    private static String text(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " must be set");
        }
        return value;
    }

    /** @param otherwise taken when the variable is not set; below {@code min}: it must be set */
    private static int number(Map<String, String> environment, String name, int otherwise, int min, int max) {
        String value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty() && otherwise >= min) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number from " + min + " to " + max, e);
        }
        throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", not " + value);
    }
}
