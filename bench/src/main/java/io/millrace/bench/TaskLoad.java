package io.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.topic.EventHeaders;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Events of tasks of eight phases, as the orchestrator writes them, with or without poster documents. */
final class TaskLoad {
    static final int PHASES = 8;
    /** Submitted, started, eight borders, completed. */
    static final int EVENTS = PHASES + 3;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OUTPUT = "0123456789abcdef".repeat(16);

    private final List<Life> lives = new ArrayList<>();
    private final @Nullable InstantPoster poster;
    private long produced;

    private static final class Life {
        private final String task = TaskId.at(System.currentTimeMillis()).value();
        private final long created = System.currentTimeMillis();
        private int version;
    }

    /**
     * @param outstanding tasks that run at the same time: their events are mixed
     * @param poster what the phases of a poster give; null for short outputs without a document
     */
    TaskLoad(int outstanding, @Nullable InstantPoster poster) {
        this.poster = poster;
        for (int i = 0; i < outstanding; i++) {
            lives.add(new Life());
        }
    }

    /** The next event of each of so many tasks; tasks that end make room for others. */
    void round(int tasks, Consumer<ProducerRecord<byte[], byte[]>> out) {
        for (int i = 0; i < tasks; i++) {
            int which = (int) (produced++ % lives.size());
            Life life = lives.get(which);
            life.version++;
            out.accept(event(life));
            if (life.version == EVENTS) {
                lives.set(which, new Life());
            }
        }
    }

    private ProducerRecord<byte[], byte[]> event(Life life) {
        EventType type = type(life.version);
        long now = System.currentTimeMillis();
        ObjectNode data = JSON.createObjectNode()
                .put("task_id", life.task)
                .put("user_id", "tenant-" + Math.floorMod(life.task.hashCode(), 50))
                .put("type", poster == null ? "generate" : "poster")
                .put("version", life.version)
                .put("attempt", 1)
                .put("step", life.version)
                .put("status", status(type))
                .put("phase", "phase_" + life.version)
                .put("progress", 100 * life.version / EVENTS)
                .put("message", "Working on phase " + life.version)
                .put("time", now);
        switch (type) {
            case SUBMITTED -> origin(data, life);
            case STARTED -> data.put("started_at", now);
            case PHASE_COMPLETED -> border(data, life);
            default -> end(data, life, now);
        }
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topic.EVENTS.topicName(),
                life.task.getBytes(StandardCharsets.UTF_8),
                data.toString().getBytes(StandardCharsets.UTF_8));
        record.headers().add(EventHeaders.TYPE, type.wireName().getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static EventType type(int version) {
        return switch (version) {
            case 1 -> EventType.SUBMITTED;
            case 2 -> EventType.STARTED;
            case EVENTS -> EventType.COMPLETED;
            default -> EventType.PHASE_COMPLETED;
        };
    }

    private static String status(EventType type) {
        if (type == EventType.SUBMITTED) {
            return "queued";
        }
        return type.terminal() ? "completed" : "processing";
    }

    private static void origin(ObjectNode data, Life life) {
        data.put("created_at", life.created).put("priority", 5).put("workflow_version", 1);
        data.putObject("input_params")
                .put("prompt", "A poster for the summer sale")
                .put("text", OUTPUT);
    }

    private static void border(ObjectNode data, Life life) {
        data.put("completed_phase", "phase_" + (life.version - 1)).put("round", 0);
        data.put("compute_ms", 12).put("duration_ms", 35).putObject("facts").put("style", "business");
    }

    private void end(ObjectNode data, Life life, long now) {
        origin(data, life);
        data.put("started_at", life.created)
                .put("completed_at", now)
                .put("compute_ms", 96)
                .put("round", 0);
        ArrayNode timings = data.putArray("timings");
        ArrayNode results = data.putArray("phase_results");
        for (int phase = 0; phase < PHASES; phase++) {
            timings.addObject()
                    .put("phase", "phase_" + phase)
                    .put("started_at", now)
                    .put("ended_at", now)
                    .put("round", 0)
                    .put("compute_ms", 12);
            ObjectNode result =
                    results.addObject().put("phase", "phase_" + phase).put("round", 0);
            result.put("input_hash", "9f86d081884c7d659a2feaa0c55ad015").set("output", output(life, phase));
        }
        data.set("result", output(life, PHASES - 1));
    }

    private JsonNode output(Life life, int phase) {
        return poster == null ? JSON.createObjectNode().put("text", OUTPUT) : poster.output(life.task, phase);
    }
}
