package io.millrace.orchestrator.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schemas.topic.EventHeaders;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.RejectedRecord;
import java.time.Instant;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Events as CloudEvents 1.0 in binary mode, by task; rejected records as they came, with the reason in their headers. */
public final class CommittedSerializer implements KafkaRecordSerializationSchema<CommittedRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            CommittedRecord committed, KafkaSinkContext context, Long timestamp) {
        return switch (committed.getBodyCase()) {
            case EVENT -> event(committed.getEvent());
            case REJECTED -> rejected(committed.getRejected());
            case BODY_NOT_SET -> throw new IllegalArgumentException("a committed record without a body");
        };
    }

    private static ProducerRecord<byte[], byte[]> event(EventRecord event) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topic.EVENTS.topicName(),
                event.getTaskIdBytes().toByteArray(),
                event.getData().toByteArray());
        Headers headers = record.headers();
        add(headers, EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_1_0);
        add(headers, EventHeaders.ID, event.getTaskId() + "-" + event.getVersion());
        add(headers, EventHeaders.SOURCE, EventHeaders.SOURCE_ORCHESTRATOR);
        add(headers, EventHeaders.TYPE, event.getType());
        add(headers, EventHeaders.SUBJECT, event.getTaskId());
        add(headers, EventHeaders.TIME, Instant.ofEpochMilli(event.getTimeMs()).toString());
        add(headers, EventHeaders.CONTENT_TYPE, EventHeaders.JSON);
        if (!event.getTraceparent().isEmpty()) {
            add(headers, EventHeaders.TRACEPARENT, event.getTraceparent());
        }
        return record;
    }

    private static ProducerRecord<byte[], byte[]> rejected(RejectedRecord rejected) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topic.REJECTED.topicName(),
                rejected.getKey().toByteArray(),
                rejected.getValue().toByteArray());
        add(record.headers(), EventHeaders.REJECTED_REASON, rejected.getReason());
        add(record.headers(), EventHeaders.REJECTED_SOURCE, rejected.getSource());
        return record;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
