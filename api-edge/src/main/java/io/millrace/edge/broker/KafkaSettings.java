package io.millrace.edge.broker;

import io.millrace.schemas.config.KafkaAccess;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the edge talks to Kafka.
 *
 * @param kafka {@code MILLRACE_KAFKA}: bootstrap servers
 * @param kafkaProperties {@code MILLRACE_KAFKA_PROPERTIES}: file with the credentials, as {@link KafkaAccess} reads it
 * @param replay how far back the logs are read at start; the retention of the progress log is enough
 * @param edgeId {@code MILLRACE_EDGE_ID}: names this edge among several; two that run at once must not share it, and it stays the same
 *     over restarts
 * @param maxEventsReplayed events read at start for each partition at most
 */
@ConfigurationProperties("millrace")
public record KafkaSettings(
        @DefaultValue("127.0.0.1:9092") String kafka,
        @DefaultValue("") String kafkaProperties,
        @DefaultValue("24h") Duration replay,
        @DefaultValue("200000") long maxEventsReplayed,
        @DefaultValue("edge-1") String edgeId) {
    public KafkaSettings {
        if (!edgeId.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("MILLRACE_EDGE_ID must be 1 to 64 of A-Z a-z 0-9 . _ -, not " + edgeId);
        }
        if (replay.isNegative() || replay.isZero() || maxEventsReplayed < 1) {
            throw new IllegalArgumentException("millrace.replay and millrace.max-events-replayed must be positive");
        }
    }

    /** @throws IllegalArgumentException naming the variable and the remedy, when the address or the file is not usable */
    KafkaAccess access() {
        return KafkaAccess.of(kafka, kafkaProperties);
    }
}
