package io.millrace.inference.cancel;

import io.millrace.schemas.config.KafkaAccess;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Settings of the consumer behind {@link CancellationFeed}. */
public final class KafkaCancellations {
    private KafkaCancellations() {}

    /** Consumers without a group. */
    public static Supplier<Consumer<byte[], byte[]>> consumers(KafkaAccess kafka) {
        Map<String, Object> settings = kafka.client(Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "inference-cancellations",
                // The orchestrator or the operator creates topics, with the right number of partitions.
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                5_000));
        return () -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
