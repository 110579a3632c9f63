package io.millrace.analytics.minute;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schemas.topic.EventHeaders;
import io.millrace.schemas.topic.Topic;
import java.time.Instant;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Minutes as CloudEvents 1.0 in binary mode, key type. A corrected minute has the id of the first. */
public final class MinuteSerializer implements KafkaRecordSerializationSchema<MinuteRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(MinuteRecord minute, KafkaSinkContext context, Long timestamp) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topic.METRICS.topicName(), minute.type().getBytes(UTF_8), minute.json());
        Headers headers = record.headers();
        add(headers, EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_1_0);
        add(headers, EventHeaders.ID, minute.type() + "-" + minute.minute());
        add(headers, EventHeaders.SOURCE, EventHeaders.SOURCE_ANALYTICS);
        add(headers, EventHeaders.TYPE, EventHeaders.METRICS_MINUTE);
        add(headers, EventHeaders.SUBJECT, minute.type());
        add(headers, EventHeaders.TIME, Instant.ofEpochMilli(minute.minute()).toString());
        add(headers, EventHeaders.CONTENT_TYPE, EventHeaders.JSON);
        return record;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
