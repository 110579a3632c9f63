package io.millrace.orchestrator.egress;

import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.LiveRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Progress by user, cancellations by task. */
public final class LiveSerializer implements KafkaRecordSerializationSchema<LiveRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(LiveRecord live, KafkaSinkContext context, Long timestamp) {
        return switch (live.getBodyCase()) {
            case PROGRESS ->
                new ProducerRecord<>(
                        Topic.PROGRESS.topicName(),
                        live.getProgress().getUserIdBytes().toByteArray(),
                        live.getProgress().toByteArray());
            case CANCELLATION ->
                new ProducerRecord<>(
                        Topic.CANCELLATIONS.topicName(),
                        live.getCancellation().getTaskIdBytes().toByteArray(),
                        live.getCancellation().toByteArray());
            case BODY_NOT_SET -> throw new IllegalArgumentException("a live record without a body");
        };
    }
}
