package io.millrace.inference.tick;

import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ticks to {@link Topic#PROGRESS}, key = user id, with the default partitioner, as the orchestrator's steps: one user, one partition.
 * Memory and waits are bounded; with Kafka down ticks are counted and dropped.
 */
public final class KafkaProgressSink implements ProgressSink {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaProgressSink.class);
    private static final long REOPEN_NANOS = Duration.ofSeconds(5).toNanos();

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Runnable dropped;
    private final AtomicBoolean failing = new AtomicBoolean();
    private @Nullable Producer<byte[], byte[]> producer;
    private long mayOpenAtNanos = System.nanoTime();

    /**
     * Opens no connection yet.
     *
     * @param dropped told of each record that did not reach the topic, from any thread
     */
    public KafkaProgressSink(Supplier<Producer<byte[], byte[]>> producers, Runnable dropped) {
        this.producers = producers;
        this.dropped = dropped;
    }

    /** Producers that give up on a record soon. */
    public static Supplier<Producer<byte[], byte[]>> producers(KafkaAccess kafka) {
        Map<String, Object> settings = kafka.client(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "inference-ticks",
                ProducerConfig.ACKS_CONFIG,
                "1",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                false,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                250,
                ProducerConfig.LINGER_MS_CONFIG,
                2,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                4L << 20,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                2_000,
                // A tick older than this is of no use to anybody.
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                5_000));
        return () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void send(Progress progress) {
        try {
            Producer<byte[], byte[]> open = open();
            if (open == null) {
                dropped.run();
                return;
            }
            byte[] key = progress.getUserId().getBytes(StandardCharsets.UTF_8);
            open.send(
                    new ProducerRecord<>(Topic.PROGRESS.topicName(), key, progress.toByteArray()),
                    (where, failure) -> told(failure));
        } catch (KafkaException | IllegalStateException e) {
            told(e);
        }
    }

    // A producer cannot even be made while no bootstrap host resolves, so it is made at the first tick and tried again
    // later.
    private @Nullable Producer<byte[], byte[]> open() {
        if (producer == null && System.nanoTime() - mayOpenAtNanos >= 0) {
            mayOpenAtNanos = System.nanoTime() + REOPEN_NANOS;
            producer = producers.get();
        }
        return producer;
    }

    private void told(@Nullable Exception failure) {
        if (failure == null) {
            if (failing.getAndSet(false)) {
                LOG.info("event=ticks-flowing topic={}", Topic.PROGRESS.topicName());
            }
            return;
        }
        dropped.run();
        if (!failing.getAndSet(true)) {
            LOG.warn("event=ticks-dropped topic={} error={}", Topic.PROGRESS.topicName(), failure.toString());
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
