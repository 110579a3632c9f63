package io.millrace.orchestrator.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.schemas.v1.Cancellation;
import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.LiveRecord;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.RejectedRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class SerializersTest {
    private static final KafkaSinkContext CONTEXT = new KafkaSinkContext() {
        @Override
        public int getParallelInstanceId() {
            return 0;
        }

        @Override
        public int getNumberOfParallelInstances() {
            return 1;
        }

        @Override
        public int[] getPartitionsForTopic(String topic) {
            return new int[0];
        }
    };

    @Test
    void progressIsKeyedByUser() throws Exception {
        Progress progress =
                Progress.newBuilder().setTaskId("task").setUserId("user").build();

        ProducerRecord<byte[], byte[]> record =
                live(LiveRecord.newBuilder().setProgress(progress).build());

        assertThat(record.topic()).isEqualTo("tasks.progress.v1");
        assertThat(record.key()).asString(UTF_8).isEqualTo("user");
        assertThat(Progress.parseFrom(record.value())).isEqualTo(progress);
    }

    @Test
    void cancellationsAreKeyedByTask() {
        ProducerRecord<byte[], byte[]> record = live(LiveRecord.newBuilder()
                .setCancellation(Cancellation.newBuilder().setTaskId("task"))
                .build());

        assertThat(record.topic()).isEqualTo("tasks.cancellations.v1");
        assertThat(record.key()).asString(UTF_8).isEqualTo("task");
    }

    @Test
    void anEventIsACloudEventInBinaryMode() {
        ProducerRecord<byte[], byte[]> record = committed(CommittedRecord.newBuilder()
                .setEvent(EventRecord.newBuilder()
                        .setTaskId("task")
                        .setType("io.millrace.task.started")
                        .setVersion(2)
                        .setTimeMs(1_790_000_000_123L)
                        .setTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                        .setData(ByteString.copyFromUtf8("{}")))
                .build());

        assertThat(record.topic()).isEqualTo("tasks.events.v1");
        assertThat(record.key()).asString(UTF_8).isEqualTo("task");
        assertThat(record.value()).asString(UTF_8).isEqualTo("{}");
        assertThat(headers(record))
                .containsExactly(
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", "task-2"),
                        Map.entry("ce_source", "/millrace/orchestrator"),
                        Map.entry("ce_type", "io.millrace.task.started"),
                        Map.entry("ce_subject", "task"),
                        Map.entry("ce_time", "2026-09-21T14:13:20.123Z"),
                        Map.entry("content-type", "application/json"),
                        Map.entry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }

    @Test
    void aRejectedRecordKeepsItsBytes() {
        ProducerRecord<byte[], byte[]> record = committed(CommittedRecord.newBuilder()
                .setRejected(RejectedRecord.newBuilder()
                        .setKey(ByteString.copyFrom(new byte[] {1}))
                        .setValue(ByteString.copyFrom(new byte[] {2, 3}))
                        .setReason("no body")
                        .setSource("tasks.commands.v1"))
                .build());

        assertThat(record.topic()).isEqualTo("tasks.rejected.v1");
        assertThat(record.key()).containsExactly(1);
        assertThat(record.value()).containsExactly(2, 3);
        assertThat(headers(record))
                .containsExactly(
                        Map.entry("millrace-reason", "no body"), Map.entry("millrace-source", "tasks.commands.v1"));
    }

    private static ProducerRecord<byte[], byte[]> live(LiveRecord record) {
        return new LiveSerializer().serialize(record, CONTEXT, 0L);
    }

    private static ProducerRecord<byte[], byte[]> committed(CommittedRecord record) {
        return new CommittedSerializer().serialize(record, CONTEXT, 0L);
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }
}
