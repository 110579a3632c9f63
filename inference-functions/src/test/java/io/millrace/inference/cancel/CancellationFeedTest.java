package io.millrace.inference.cancel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.Cancellation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CancellationFeedTest {
    private static final String TOPIC = Topic.CANCELLATIONS.topicName();
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Cancellations cancellations = new Cancellations(100);
    private final Queue<Consumer<byte[], byte[]>> consumers = new ArrayDeque<>();
    private final AtomicInteger opened = new AtomicInteger();

    @Test
    void readsAllPartitionsFromOneHourAgoOrTheirEnd() {
        SearchedConsumer consumer = new SearchedConsumer(Map.of(0, 40L));
        consumer.updateEndOffsets(Map.of(partition(0), 50L, partition(1), 7L));
        consumer.schedulePollTask(() -> {
            consumer.addRecord(record(0, 39, "before", 1));
            consumer.addRecord(record(0, 40, "a", 1));
            consumer.addRecord(record(0, 41, "a", 3));
            consumer.addRecord(record(1, 6, "long ago", 1));
            consumer.addRecord(record(1, 7, "b", 2));
        });
        consumers.add(consumer);

        try (CancellationFeed feed = feed()) {
            feed.start();
            await().until(() -> cancellations.covers("b", 2));
            await().until(() -> cancellations.covers("a", 3));

            assertThat(feed.following()).isTrue();
            assertThat(cancellations.size()).isEqualTo(2);
            assertThat(consumer.assignment()).containsExactlyInAnyOrder(partition(0), partition(1));
            assertThat(consumer.searchedFrom)
                    .isEqualTo(NOW.minus(Duration.ofHours(1)).toEpochMilli());
        }
    }

    @Test
    void keepsTryingWhileTheBrokerIsAwayAndReturns() {
        SearchedConsumer lost = new SearchedConsumer(Map.of());
        lost.updateEndOffsets(Map.of(partition(0), 0L, partition(1), 0L));
        lost.schedulePollTask(() -> lost.addRecord(record(0, 0, "a", 1)));
        lost.schedulePollTask(() -> lost.setPollException(new KafkaException("the broker is gone")));
        SearchedConsumer back = new SearchedConsumer(Map.of());
        back.updateEndOffsets(Map.of(partition(0), 0L, partition(1), 0L));
        back.schedulePollTask(() -> back.addRecord(record(1, 0, "b", 1)));
        consumers.add(lost);
        consumers.add(back);

        try (CancellationFeed feed = feed()) {
            feed.start();
            await().until(() -> cancellations.covers("b", 1));

            assertThat(cancellations.covers("a", 1)).isTrue();
            assertThat(lost.closed()).isTrue();
        }
    }

    @Test
    void aBrokerThatIsDownAtTheStartIsTriedAgain() {
        try (CancellationFeed feed = feed()) {
            feed.start();
            await().until(() -> opened.get() >= 2);

            assertThat(feed.following()).isFalse();
        }
    }

    @Test
    void anUnreadableRecordIsSkipped() {
        SearchedConsumer consumer = new SearchedConsumer(Map.of());
        consumer.updateEndOffsets(Map.of(partition(0), 0L, partition(1), 0L));
        consumer.schedulePollTask(() -> {
            consumer.addRecord(
                    new ConsumerRecord<>(TOPIC, 0, 0, null, "{no protobuf}".getBytes(StandardCharsets.UTF_8)));
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 1, null, null));
            consumer.addRecord(record(0, 2, "a", 1));
        });
        consumers.add(consumer);

        try (CancellationFeed feed = feed()) {
            feed.start();
            await().until(() -> cancellations.covers("a", 1));
        }
    }

    private CancellationFeed feed() {
        return new CancellationFeed(this::open, cancellations, InstantSource.fixed(NOW));
    }

    private synchronized Consumer<byte[], byte[]> open() {
        opened.incrementAndGet();
        if (consumers.isEmpty()) {
            throw new KafkaException("No resolvable bootstrap urls");
        }
        return consumers.remove();
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(TOPIC, number);
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String taskId, int attempt) {
        byte[] value = Cancellation.newBuilder()
                .setTaskId(taskId)
                .setAttempt(attempt)
                .build()
                .toByteArray();
        return new ConsumerRecord<>(TOPIC, partition, offset, taskId.getBytes(StandardCharsets.UTF_8), value);
    }

    /** The consumer of the client library for tests, which cannot search by time itself. */
    private static final class SearchedConsumer extends MockConsumer<byte[], byte[]> {
        private final Map<Integer, Long> found;
        private volatile long searchedFrom;

        SearchedConsumer(Map<Integer, Long> found) {
            super(OffsetResetStrategy.EARLIEST);
            this.found = found;
            updatePartitions(
                    TOPIC,
                    IntStream.range(0, 2)
                            .mapToObj(number -> new PartitionInfo(TOPIC, number, null, null, null))
                            .collect(Collectors.toCollection(() -> new java.util.ArrayList<PartitionInfo>(List.of()))));
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times, Duration timeout) {
            searchedFrom = times.values().iterator().next();
            return times.keySet().stream()
                    .filter(partition -> found.containsKey(partition.partition()))
                    .collect(Collectors.toMap(
                            partition -> partition,
                            partition -> new OffsetAndTimestamp(
                                    found.getOrDefault(partition.partition(), 0L), searchedFrom)));
        }
    }
}
