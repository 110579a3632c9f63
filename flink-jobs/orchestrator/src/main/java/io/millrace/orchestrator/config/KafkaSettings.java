package io.millrace.orchestrator.config;

import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.config.Options;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the job uses the log.
 *
 * @param transactionTimeout how long an outage may last without losing events that were written but not yet committed; the
 *     broker's {@code transaction.max.timeout.ms} must be as long
 */
public record KafkaSettings(KafkaAccess access, Duration transactionTimeout) implements Serializable {
    static final Duration DEFAULT_TRANSACTION_TIMEOUT = Duration.ofHours(24);

    static KafkaSettings of(Options options) {
        return new KafkaSettings(
                KafkaAccess.of(options),
                options.duration(
                        "transaction-timeout",
                        DEFAULT_TRANSACTION_TIMEOUT,
                        Duration.ofMinutes(1),
                        Duration.ofDays(24)));
    }
}
