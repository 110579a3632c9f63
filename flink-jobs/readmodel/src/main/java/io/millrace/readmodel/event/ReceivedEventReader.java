package io.millrace.readmodel.event;

import io.millrace.schemas.topic.EventHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Takes records as they are: whether an event can be read is decided where it can be rejected. */
public final class ReceivedEventReader implements KafkaRecordDeserializationSchema<ReceivedEvent> {
    private static final long serialVersionUID = 1L;
    private static final byte[] NOTHING = {};

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ReceivedEvent> out) {
        Header type = record.headers().lastHeader(EventHeaders.TYPE);
        out.collect(new ReceivedEvent(
                type == null || type.value() == null ? "" : new String(type.value(), StandardCharsets.UTF_8),
                record.key() == null ? NOTHING : record.key(),
                record.value() == null ? NOTHING : record.value(),
                record.partition(),
                record.offset()));
    }

    @Override
    public TypeInformation<ReceivedEvent> getProducedType() {
        return TypeInformation.of(ReceivedEvent.class);
    }
}
