package io.millrace.orchestrator.config;

import io.millrace.schemas.config.Options;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How state is kept.
 *
 * @param interval between checkpoints; committed events are visible no sooner
 * @param directory URI under which checkpoints are retained; null: what the cluster is configured with
 * @param backend where the running job keeps its state
 */
public record CheckpointSettings(
        Duration interval, @Nullable String directory, StateBackend backend) {
    static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    static CheckpointSettings of(Options options) {
        return new CheckpointSettings(
                options.duration(
                        "checkpoint-interval", DEFAULT_INTERVAL, Duration.ofMillis(50), Duration.ofMinutes(10)),
                options.find("checkpoint-dir").orElse(null),
                StateBackend.of(options));
    }
}
