package io.millrace.inference.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.v1.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaProgressSinkTest {
    private static final Progress PROGRESS =
            Progress.newBuilder().setTaskId("task").setUserId("用户").build();

    private final AtomicInteger dropped = new AtomicInteger();

    @Test
    void theKeyIsTheUser() throws Exception {
        MockProducer<byte[], byte[]> producer = producer(true);
        try (KafkaProgressSink sink = new KafkaProgressSink(() -> producer, dropped::incrementAndGet)) {
            sink.send(PROGRESS);
        }

        ProducerRecord<byte[], byte[]> record = producer.history().get(0);
        assertThat(record.topic()).isEqualTo("tasks.progress.v1");
        assertThat(new String(record.key(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("用户");
        assertThat(Progress.parseFrom(record.value())).isEqualTo(PROGRESS);
        assertThat(producer.closed()).isTrue();
        assertThat(dropped).hasValue(0);
    }

    @Test
    void whatDoesNotArriveIsCounted() {
        MockProducer<byte[], byte[]> producer = producer(false);
        try (KafkaProgressSink sink = new KafkaProgressSink(() -> producer, dropped::incrementAndGet)) {
            sink.send(PROGRESS);
            producer.errorNext(new TimeoutException("expired"));
            producer.sendException = new TimeoutException("buffer is full");
            sink.send(PROGRESS);
        }

        assertThat(dropped).hasValue(2);
    }

    @Test
    void aBootstrapHostThatDoesNotResolveIsNoError() {
        AtomicInteger opened = new AtomicInteger();
        try (KafkaProgressSink sink = new KafkaProgressSink(
                () -> {
                    opened.incrementAndGet();
                    throw new KafkaException("No resolvable bootstrap urls");
                },
                dropped::incrementAndGet)) {
            sink.send(PROGRESS);
            sink.send(PROGRESS);
        }

        assertThat(dropped).hasValue(2);
        assertThat(opened).hasValue(1);
    }

    @Test
    void withKafkaDownAnSendReturnsSoon() {
        try (KafkaProgressSink sink = new KafkaProgressSink(
                KafkaProgressSink.producers(new KafkaAccess("127.0.0.1:1", Map.of())), dropped::incrementAndGet)) {
            long began = System.nanoTime();
            sink.send(PROGRESS);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            assertThat(dropped).hasValue(1);
        }
    }

    private static MockProducer<byte[], byte[]> producer(boolean succeeds) {
        return new MockProducer<>(succeeds, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
