package io.millrace.local.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.topic.EventHeaders;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records of the events topic, as the orchestrator writes them. */
final class TaskEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long BEGIN = 1_790_000_000_000L;

    private TaskEvents() {}

    static String newTask() {
        return TaskId.at(System.currentTimeMillis()).value();
    }

    /** Submitted, started, one phase, completed. */
    static List<ProducerRecord<byte[], byte[]>> completed(String task) {
        return List.of(
                event(task, 1, EventType.SUBMITTED, "queued"),
                event(task, 2, EventType.STARTED, "processing"),
                event(task, 3, EventType.PHASE_COMPLETED, "processing"),
                event(task, 4, EventType.COMPLETED, "completed"));
    }

    static ProducerRecord<byte[], byte[]> event(String task, long version, EventType type, String status) {
        long time = BEGIN + version * 1_000;
        ObjectNode data = JSON.createObjectNode()
                .put("task_id", task)
                .put("user_id", "ann")
                .put("type", "generate");
        data.put("version", version).put("attempt", 1).put("step", version).put("status", status);
        data.put("phase", "drawing")
                .put("progress", 50)
                .put("message", "m" + version)
                .put("time", time);
        if (type == EventType.PHASE_COMPLETED) {
            data.put("completed_phase", "drawing").put("round", 0).put("compute_ms", 7);
        }
        if (type == EventType.SUBMITTED || type == EventType.SNAPSHOT || type.terminal()) {
            data.put("created_at", BEGIN).put("priority", 3).put("workflow_version", 1);
            data.putObject("input_params").put("prompt", "p").put("scale", 1.50).putNull("nothing");
        }
        if (type.terminal()) {
            data.put("completed_at", time).put("compute_ms", 7);
            data.putArray("phase_results").addObject().put("phase", "drawing").put("input_hash", "ab12");
        }
        if (type == EventType.COMPLETED) {
            data.putObject("result").put("preview", "sha256:ab");
        }
        if (type == EventType.FAILED) {
            data.putObject("error").put("code", "STATE_LOST").put("message", "lost");
        }
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topic.EVENTS.topicName(),
                task.getBytes(StandardCharsets.UTF_8),
                data.toString().getBytes(StandardCharsets.UTF_8));
        record.headers().add(EventHeaders.TYPE, type.wireName().getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
