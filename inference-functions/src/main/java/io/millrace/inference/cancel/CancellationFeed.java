package io.millrace.inference.cancel;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.Cancellation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@link Topic#CANCELLATIONS} from one retention ago into {@link Cancellations}, on a thread of its own and without a consumer
 * group: every process must know every cancellation. While the broker is away it keeps trying; nothing waits for it.
 */
public final class CancellationFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CancellationFeed.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Cancellations cancellations;
    private final InstantSource clock;
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::followUntilStopped, "inference-cancellations");
    private volatile boolean following;

    /** @param consumers opens a new consumer; called again after each failure */
    public CancellationFeed(
            Supplier<Consumer<byte[], byte[]>> consumers, Cancellations cancellations, InstantSource clock) {
        this.consumers = consumers;
        this.cancellations = cancellations;
        this.clock = clock;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Whether the topic is being read at the moment. */
    public boolean following() {
        return following;
    }

    private void followUntilStopped() {
        while (stopped.getCount() > 0) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                follow(consumer);
            } catch (KafkaException | IllegalStateException e) {
                if (following || backoff.failures() == 0) {
                    LOG.warn(
                            "event=cancellations-lost topic={} error={}",
                            Topic.CANCELLATIONS.topicName(),
                            e.toString());
                }
                following = false;
            }
            await(backoff.next());
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        // The ends are read before the search by time: a record written between the two lookups must not be skipped.
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
        long since = clock.instant().minus(Topic.CANCELLATIONS.retention()).toEpochMilli();
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> since)), ANSWER);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = found.get(partition);
            consumer.seek(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
        }
        following = true;
        backoff.reset();
        LOG.info(
                "event=cancellations-followed topic={} partitions={}",
                Topic.CANCELLATIONS.topicName(),
                partitions.size());
        while (stopped.getCount() > 0) {
            consumer.poll(POLL).forEach(this::note);
        }
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        String topic = Topic.CANCELLATIONS.topicName();
        List<PartitionInfo> known = consumer.partitionsFor(topic, ANSWER);
        if (known == null || known.isEmpty()) {
            throw new IllegalStateException("the topic " + topic + " does not exist yet");
        }
        return known.stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            Cancellation cancellation = Cancellation.parseFrom(record.value());
            cancellations.note(cancellation.getTaskId(), cancellation.getAttempt());
        } catch (InvalidProtocolBufferException e) {
            LOG.warn(
                    "event=cancellation-unreadable topic={} partition={} offset={} error={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private void await(Duration pause) {
        try {
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }

    /** Ends within one poll. */
    @Override
    public void close() {
        stopped.countDown();
    }
}
