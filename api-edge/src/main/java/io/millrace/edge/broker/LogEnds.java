package io.millrace.edge.broker;

import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;

/** Asks the broker where logs end at this moment, or stood at another. */
final class LogEnds implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final Admin admin;

    LogEnds(KafkaAccess kafka) {
        this.admin = Admin.create(kafka.client(Map.of(
                AdminClientConfig.CLIENT_ID_CONFIG, "millrace-edge-ends",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS)));
    }

    /** For each partition the offset its next record will have. */
    Mono<Map<TopicPartition, Long>> of(List<Topic> topics) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (Topic topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                wanted.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest());
            }
        }
        return Mono.fromCompletionStage(() -> stage(wanted)).map(LogEnds::offsets);
    }

    /** Offset of the partition's first record of that time or later; -1 when there is none. */
    Mono<Long> at(TopicPartition partition, long timeMillis) {
        return Mono.fromCompletionStage(() -> stage(Map.of(partition, OffsetSpec.forTimestamp(timeMillis))))
                .map(found -> offsets(found).getOrDefault(partition, -1L));
    }

    private CompletionStage<Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo>> stage(
            Map<TopicPartition, OffsetSpec> wanted) {
        return admin.listOffsets(wanted, new ListOffsetsOptions().timeoutMs(TIMEOUT_MILLIS))
                .all()
                .toCompletionStage();
    }

    private static Map<TopicPartition, Long> offsets(
            Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> found) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
