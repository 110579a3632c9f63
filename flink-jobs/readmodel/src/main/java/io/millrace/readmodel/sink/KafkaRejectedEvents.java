package io.millrace.readmodel.sink;

import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.topic.EventHeaders;
import io.millrace.schemas.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends the original key and value to {@code tasks.rejected.v1}, with the reason and the place it came from in headers. */
public final class KafkaRejectedEvents implements RejectedEvents {
    private static final Duration ATTEMPT = Duration.ofSeconds(15);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Map<String, Object> settings;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    /** The producer is made with the first rejection. */
    public KafkaRejectedEvents(KafkaAccess kafka) {
        int attempt = (int) ATTEMPT.toMillis();
        settings = kafka.client(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "millrace-readmodel-rejected",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topic.MAX_REQUEST_BYTES,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                attempt,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                attempt / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                attempt,
                ProducerConfig.LINGER_MS_CONFIG,
                0));
    }

    @Override
    public void publish(Collection<Rejection> rejections) throws IOException, InterruptedException {
        try {
            KafkaProducer<byte[], byte[]> open = producer();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Rejection rejection : rejections) {
                sent.add(open.send(record(rejection)));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get(2 * ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            close();
            throw new IOException(Topic.REJECTED.topicName() + " did not take a rejected event: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(CLOSE);
            producer = null;
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private static ProducerRecord<byte[], byte[]> record(Rejection rejection) {
        ReceivedEvent event = rejection.event();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topic.REJECTED.topicName(), event.key(), event.value());
        Topic topic = event.type().equals(EventHeaders.METRICS_MINUTE) ? Topic.METRICS : Topic.EVENTS;
        String source = topic.topicName() + "/" + event.partition() + "/" + event.offset();
        record.headers()
                .add(EventHeaders.TYPE, bytes(event.type()))
                .add(EventHeaders.REJECTED_REASON, bytes(rejection.reason()))
                .add(EventHeaders.REJECTED_SOURCE, bytes(source));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
