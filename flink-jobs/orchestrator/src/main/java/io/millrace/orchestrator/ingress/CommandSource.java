package io.millrace.orchestrator.ingress;

import io.millrace.orchestrator.config.KafkaSettings;
import io.millrace.schemas.topic.Topic;
import java.util.Map;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** The commands of one topic, from the beginning of what is retained unless a checkpoint says where to go on. */
public final class CommandSource {
    private CommandSource() {}

    public static KafkaSource<ReceivedRecord> of(KafkaSettings kafka, Topic topic) {
        return KafkaSource.<ReceivedRecord>builder()
                // Rows of a campaign count only when all of them are there.
                .setProperties(kafka.access().clientProperties(Map.of("isolation.level", "read_committed")))
                .setTopics(topic.topicName())
                .setGroupId("millrace-orchestrator")
                .setClientIdPrefix("millrace-orchestrator-" + topic.topicName())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new RecordReader(topic))
                .build();
    }
}
