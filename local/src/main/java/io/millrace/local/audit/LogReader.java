package io.millrace.local.audit;

import io.millrace.local.UserError;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Committed records of one topic from the beginning, in portions that each go to the end that there was. */
final class LogReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(250);
    /** A broker that gives nothing for so long is down. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final boolean headGone;

    LogReader(KafkaAccess kafka, Topic topic) {
        Map<String, Object> settings = kafka.client(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000));
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(topic.topicName(), PATIENCE).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        headGone = consumer.beginningOffsets(partitions, PATIENCE).values().stream()
                .anyMatch(offset -> offset > 0);
    }

    /** Whether retention has taken the oldest records. */
    boolean headGone() {
        return headGone;
    }

    /** How many there are now, those included that no reader sees. */
    long records() {
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, PATIENCE);
        return consumer.endOffsets(partitions, PATIENCE).entrySet().stream()
                .mapToLong(end -> end.getValue() - first.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    /** From now on only what is written after this call. */
    void skipToEnd() {
        consumer.endOffsets(partitions, PATIENCE).forEach(consumer::seek);
    }

    /** Reads on to where the topic ends now; what open transactions hold back does not count. */
    void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            boolean any = readSome(reader);
            if (any) {
                deadline = Instant.now().plus(PATIENCE);
            } else if (Instant.now().isAfter(deadline)) {
                throw new UserError("The broker gives no more records; look at ./millrace status.");
            }
        }
    }

    /** What comes within a quarter of a second. @return whether anything did */
    boolean readSome(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            reader.accept(record);
            any = true;
        }
        return any;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    }
}
