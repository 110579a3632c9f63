package io.millrace.analytics.minute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schemas.topic.EventHeaders;
import io.millrace.schemas.topic.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads of an event what is counted. What cannot be read, and what is no event of a task, is left to the read model, which rejects it. */
public final class TaskFactReader implements KafkaRecordDeserializationSchema<TaskFact> {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long UNKNOWN = -1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<TaskFact> out) {
        Header type = record.headers().lastHeader(EventHeaders.TYPE);
        if (type == null || type.value() == null || record.value() == null) {
            return;
        }
        TaskFact fact = fact(new String(type.value(), StandardCharsets.UTF_8), record.value());
        if (fact != null) {
            out.collect(fact);
        }
    }

    /** @return null when the event is none of a task, or cannot be read */
    public static @Nullable TaskFact fact(String wireName, byte[] value) {
        try {
            EventType event = EventType.ofWireName(wireName);
            JsonNode data = JSON.readTree(value);
            String type = data.path("type").asText();
            long time = data.path("time").asLong(UNKNOWN);
            if (event == EventType.CAMPAIGN_STARTED
                    || event == EventType.CAMPAIGN_COMPLETED
                    || type.isEmpty()
                    || time < 0) {
                return null;
            }
            boolean border = event == EventType.PHASE_COMPLETED;
            return new TaskFact(
                    event,
                    type,
                    data.path("user_id").asText(),
                    time,
                    data.path("completed_phase").asText(),
                    border ? data.path("compute_ms").asLong() : 0,
                    border ? data.path("batch_size").asInt() : 0,
                    event.terminal() ? between(data, "created_at", "started_at") : UNKNOWN,
                    event.terminal() ? between(data, "started_at", "completed_at") : UNKNOWN,
                    data.path("error").path("code").asText());
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }

    private static long between(JsonNode data, String from, String to) {
        if (!data.path(from).isNumber() || !data.path(to).isNumber()) {
            return UNKNOWN;
        }
        return Math.max(0, data.path(to).asLong() - data.path(from).asLong());
    }

    @Override
    public TypeInformation<TaskFact> getProducedType() {
        return TypeInformation.of(TaskFact.class);
    }
}
