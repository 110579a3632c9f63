package io.millrace.orchestrator.ingress;

import io.millrace.schemas.topic.Topic;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Takes records as they are: what is in them is judged behind the source, where a bad one can be answered. */
final class RecordReader implements KafkaRecordDeserializationSchema<ReceivedRecord> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    RecordReader(Topic topic) {
        this.topic = topic.topicName();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ReceivedRecord> out) {
        if (!record.topic().equals(topic)) {
            // A savepoint of a version that read both topics with one source: the other source reads it too.
            return;
        }
        out.collect(
                ReceivedRecord.of(record.topic(), record.partition(), orEmpty(record.key()), orEmpty(record.value())));
    }

    @Override
    public TypeInformation<ReceivedRecord> getProducedType() {
        return ReceivedRecord.TYPE;
    }

    private static byte[] orEmpty(byte @Nullable [] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }
}
