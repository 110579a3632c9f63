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
 * @param rocksMebibytes what RocksDB may use in each slot, beside the JVM's own memory: caches and what is not written yet
 */
public record CheckpointSettings(
        Duration interval, @Nullable String directory, StateBackend backend, int rocksMebibytes) {
    static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);
    private static final int DEFAULT_ROCKS_MEBIBYTES = 256;

    static CheckpointSettings of(Options options) {
        return new CheckpointSettings(
                options.duration(
                        "checkpoint-interval", DEFAULT_INTERVAL, Duration.ofMillis(50), Duration.ofMinutes(10)),
                options.find("checkpoint-dir").orElse(null),
                StateBackend.of(options),
                options.number("rocksdb-memory-mib", DEFAULT_ROCKS_MEBIBYTES, 64, 1 << 20));
    }
}
