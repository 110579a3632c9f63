package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.LocalStack;
import io.millrace.schemas.topic.EventHeaders;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands in the topic of public events, read as an analyst reads it: committed records only. */
final class EventLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalStack stack;

    EventLog(LocalStack stack) {
        this.stack = stack;
    }

    record Event(EventType type, long version, JsonNode data) {}

    /** All events by task, in the order of the log. */
    Map<String, List<Event>> read() {
        Map<String, Object> settings = stack.setup()
                .kafka()
                .client(Map.of(
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "key.deserializer",
                        ByteArrayDeserializer.class,
                        "value.deserializer",
                        ByteArrayDeserializer.class));
        Map<String, List<Event>> byTask = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = IntStream.range(0, Topic.EVENTS.partitions())
                    .mapToObj(partition -> new TopicPartition(Topic.EVENTS.topicName(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    byTask.computeIfAbsent(text(record.key()), task -> new ArrayList<>())
                            .add(event(record));
                }
            }
        }
        return byTask;
    }

    /** Tasks among these whose end is committed. */
    Set<String> ended(Set<String> tasks) {
        Set<String> ended = new HashSet<>();
        read().forEach((task, events) -> {
            if (tasks.contains(task)
                    && events.stream().anyMatch(event -> event.type().terminal())) {
                ended.add(task);
            }
        });
        return ended;
    }

    private static Event event(ConsumerRecord<byte[], byte[]> record) {
        String type = text(record.headers().lastHeader(EventHeaders.TYPE).value());
        try {
            JsonNode data = JSON.readTree(record.value());
            return new Event(EventType.ofWireName(type), data.path("version").asLong(), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
