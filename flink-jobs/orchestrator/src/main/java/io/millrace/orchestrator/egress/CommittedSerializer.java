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
import org.jspecify.annotations.Nullable;

/** Events as CloudEvents 1.0 in binary mode, by task; rejected records with the reason in their headers. */
public final class CommittedSerializer implements KafkaRecordSerializationSchema<CommittedRecord> {
    private static final long serialVersionUID = 1L;
    private static final byte[] SPEC_VERSION = EventHeaders.SPEC_VERSION_1_0.getBytes(UTF_8);
    private static final byte[] SOURCE = EventHeaders.SOURCE_ORCHESTRATOR.getBytes(UTF_8);
    private static final byte[] JSON = EventHeaders.JSON.getBytes(UTF_8);

    private transient byte @Nullable [] written;
    private transient long writtenMillis;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            CommittedRecord committed, KafkaSinkContext context, Long timestamp) {
        return switch (committed.getBodyCase()) {
            case EVENT -> event(committed.getEvent());
            case REJECTED -> rejected(committed.getRejected());
            case BODY_NOT_SET -> throw new IllegalArgumentException("a committed record without a body");
        };
    }

    private ProducerRecord<byte[], byte[]> event(EventRecord event) {
        byte[] task = event.getTaskIdBytes().toByteArray();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topic.EVENTS.topicName(), task, event.getData().toByteArray());
        Headers headers = record.headers();
        headers.add(EventHeaders.SPEC_VERSION, SPEC_VERSION);
        add(headers, EventHeaders.ID, event.getTaskId() + "-" + event.getVersion());
        headers.add(EventHeaders.SOURCE, SOURCE);
        headers.add(EventHeaders.TYPE, event.getTypeBytes().toByteArray());
        headers.add(EventHeaders.SUBJECT, task);
        headers.add(EventHeaders.TIME, time(event.getTimeMs()));
        headers.add(EventHeaders.CONTENT_TYPE, JSON);
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

    /** RFC 3339; the events of one batch mostly share their millisecond. */
    private byte[] time(long millis) {
        if (written == null || millis != writtenMillis) {
            writtenMillis = millis;
            written = Instant.ofEpochMilli(millis).toString().getBytes(UTF_8);
        }
        return written;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
