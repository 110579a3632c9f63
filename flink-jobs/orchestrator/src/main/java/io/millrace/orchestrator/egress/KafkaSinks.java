package io.millrace.orchestrator.egress;

import io.millrace.orchestrator.config.KafkaSettings;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.LiveRecord;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/**
 * The two ways out: one that does not wait, and one that is exact. Each serves two topics, because every sink that is
 * exact costs the broker a transactional id for each checkpoint.
 */
public final class KafkaSinks {
    /** Pinned: what an earlier run left open is found by it. */
    public static final String TRANSACTIONAL_ID_PREFIX = "millrace-events";

    /** How long a broker may be away before the job restarts. */
    private static final int PATIENCE_MILLIS = 300_000;

    private KafkaSinks() {}

    public static KafkaSink<LiveRecord> live(KafkaSettings kafka) {
        return KafkaSink.<LiveRecord>builder()
                .setBootstrapServers(kafka.access().bootstrapServers())
                .setRecordSerializer(new LiveSerializer())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setKafkaProducerConfig(producer(kafka, 3, 128 * 1024))
                .build();
    }

    public static KafkaSink<CommittedRecord> committed(KafkaSettings kafka) {
        return KafkaSink.<CommittedRecord>builder()
                .setBootstrapServers(kafka.access().bootstrapServers())
                .setRecordSerializer(new CommittedSerializer())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(TRANSACTIONAL_ID_PREFIX)
                // Nothing is visible before the checkpoint, which flushes: waiting for fuller batches costs no time.
                .setKafkaProducerConfig(producer(kafka, 500, 256 * 1024))
                .setProperty(
                        "transaction.timeout.ms",
                        String.valueOf(kafka.transactionTimeout().toMillis()))
                .build();
    }

    /** A record that the producer refuses restarts the job, and after the restart it is refused again. */
    static Properties producer(KafkaSettings kafka, int lingerMillis, int batchBytes) {
        return kafka.access()
                .clientProperties(Map.of(
                        "linger.ms", lingerMillis,
                        "batch.size", batchBytes,
                        "max.request.size", Topic.MAX_REQUEST_BYTES,
                        "compression.type", "lz4",
                        "delivery.timeout.ms", PATIENCE_MILLIS,
                        "max.block.ms", PATIENCE_MILLIS));
    }
}
