package io.millrace.inference.accept;

import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.TaskCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Commands to {@link Topic#COMMANDS}, key = task id, through an idempotent producer of bounded memory, opened with the first command. */
public final class KafkaCommandSink implements CommandSink {
    private final Supplier<Producer<byte[], byte[]>> producers;
    private @Nullable Producer<byte[], byte[]> producer;

    /** Opens no connection yet. */
    public KafkaCommandSink(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /** Producers that keep a command or say so within 20 s. */
    public static Supplier<Producer<byte[], byte[]>> producers(KafkaAccess kafka) {
        Map<String, Object> settings = kafka.client(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "inference-commands",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                2_000,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                8L << 20,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                20_000,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                5_000));
        return () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public CompletableFuture<Void> send(TaskCommand command) {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        try {
            open().send(
                            new ProducerRecord<>(
                                    Topic.COMMANDS.topicName(),
                                    command.getTaskId().getBytes(StandardCharsets.UTF_8),
                                    command.toByteArray()),
                            (where, failure) -> {
                                if (failure == null) {
                                    kept.complete(null);
                                } else {
                                    kept.completeExceptionally(failure);
                                }
                            });
        } catch (KafkaException | IllegalStateException e) {
            kept.completeExceptionally(e);
        }
        return kept;
    }

    // A producer cannot even be made while no bootstrap host resolves.
    private synchronized Producer<byte[], byte[]> open() {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = producers.get();
            producer = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
