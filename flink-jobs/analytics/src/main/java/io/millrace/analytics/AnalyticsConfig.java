package io.millrace.analytics;

import io.millrace.readmodel.ReadModelConfig.CheckpointSettings;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.config.Options;
import java.time.Duration;
import java.util.Map;

/**
 * Settings of the analytics job.
 *
 * @param transactionTimeout how long the broker keeps what waits for a checkpoint; at most what the broker allows
 */
record AnalyticsConfig(
        KafkaAccess kafka, EventTime eventTime, CheckpointSettings checkpoint, Duration transactionTimeout) {
    AnalyticsConfig {
        if (transactionTimeout.compareTo(checkpoint.interval()) <= 0) {
            throw new IllegalArgumentException("transaction-timeout must be longer than checkpoint-interval");
        }
    }

    /**
     * @param outOfOrder how far events of one partition may be out of order and still be in time
     * @param idle how long a partition may be silent before it holds no minute open any more
     * @param lateness how late an event may correct its minute
     */
    record EventTime(Duration outOfOrder, Duration idle, Duration lateness) {
        EventTime {
            if (outOfOrder.isNegative() || lateness.isNegative() || idle.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "out-of-order and lateness must not be negative, and idle must be at least 1ms");
            }
        }
    }

    /**
     * Reads {@code --key=value} arguments, then variables {@code MILLRACE_KEY}.
     *
     * @throws IllegalArgumentException naming the option and the remedy
     */
    static AnalyticsConfig of(String[] args, Map<String, String> environment) {
        Options options = new Options(args, environment);
        KafkaAccess kafka = KafkaAccess.of(options);
        EventTime eventTime = new EventTime(
                options.duration("out-of-order", Duration.ofSeconds(5)),
                options.duration("idle", Duration.ofSeconds(30)),
                options.duration("lateness", Duration.ofHours(1)));
        CheckpointSettings checkpoint = new CheckpointSettings(
                options.duration("checkpoint-interval", Duration.ofSeconds(10)),
                options.duration("checkpoint-timeout", Duration.ofMinutes(10)),
                options.find("checkpoint-dir").orElse(null));
        AnalyticsConfig config = new AnalyticsConfig(
                kafka, eventTime, checkpoint, options.duration("transaction-timeout", Duration.ofHours(24)));
        options.refuseUnused();
        return config;
    }
}
