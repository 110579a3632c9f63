package io.millrace.readmodel;

import io.millrace.readmodel.sink.FlushSettings;
import io.millrace.readmodel.store.DatabaseSettings;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.config.Options;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the read model job.
 *
 * @param parallelism writers, from 1; more than the partitions of the events topic stay idle
 */
public record ReadModelConfig(
        KafkaAccess kafka,
        DatabaseSettings database,
        FlushSettings flush,
        CheckpointSettings checkpoint,
        int parallelism) {
    public ReadModelConfig {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism must be at least 1, not " + parallelism);
        }
    }

    /**
     * @param interval from the start of one checkpoint to that of the next, at least 10 ms
     * @param timeout how long one may take; long, as a checkpoint waits while the stream does
     * @param directory URI of the folder that keeps checkpoints; null leaves it to the cluster
     */
    public record CheckpointSettings(
            Duration interval, Duration timeout, @Nullable String directory) {
        public CheckpointSettings {
            if (interval.toMillis() < 10) {
                throw new IllegalArgumentException("checkpoint-interval must be at least 10ms");
            }
            if (timeout.compareTo(interval) < 0) {
                throw new IllegalArgumentException("checkpoint-timeout must not be shorter than checkpoint-interval");
            }
        }
    }

    /**
     * Reads {@code --key=value} arguments, then variables {@code MILLRACE_KEY}.
     *
     * @throws IllegalArgumentException naming the option and the remedy
     */
    public static ReadModelConfig of(String[] args, Map<String, String> environment) {
        Options options = new Options(args, environment);
        KafkaAccess kafka = KafkaAccess.of(options);
        DatabaseSettings database = new DatabaseSettings(
                options.required("mysql-url"),
                options.required("mysql-user"),
                options.find("mysql-password").orElse(""),
                options.duration("mysql-connect-timeout", Duration.ofSeconds(5)),
                options.duration("mysql-statement-timeout", Duration.ofSeconds(20)));
        FlushSettings flush = new FlushSettings(
                options.number("flush-events", 5_000),
                options.number("flush-bytes", 4 << 20),
                options.duration("flush-interval", Duration.ofMillis(50)),
                options.number("pending-events", 20_000),
                options.number("pending-bytes", 32 << 20));
        CheckpointSettings checkpoint = new CheckpointSettings(
                options.duration("checkpoint-interval", Duration.ofSeconds(2)),
                options.duration("checkpoint-timeout", Duration.ofHours(1)),
                options.find("checkpoint-dir").orElse(null));
        ReadModelConfig config =
                new ReadModelConfig(kafka, database, flush, checkpoint, options.number("parallelism", 1));
        options.refuseUnused();
        return config;
    }
}
