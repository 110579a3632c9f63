package io.millrace.edge.broker;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * From where a tail begins to read.
 *
 * @param back records of this last while
 * @param maxRecords of each partition at most
 */
record TailStart(Clock clock, Duration back, long maxRecords) {
    Map<TopicPartition, Long> offsets(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Duration deadline) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        long since = clock.instant().minus(back).toEpochMilli();
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, deadline);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, deadline);
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times, deadline);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp at = found.get(partition);
            long end = ends.getOrDefault(partition, 0L);
            long from = at == null ? end : at.offset();
            long bounded = Math.max(from, end - maxRecords);
            offsets.put(partition, Math.max(bounded, first.getOrDefault(partition, 0L)));
        }
        return offsets;
    }
}
