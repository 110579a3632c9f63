package io.millrace.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One event of a task's live stream.
 *
 * @param event {@code snapshot, progress, log, complete, error, gap} or {@code done}
 * @param cursor where to go on after it; empty when it has none
 * @param taskId the task; empty on a gap
 * @param status wire name of the task's status
 * @param phase the phase the task is in
 * @param progress 0 to 100
 * @param message for people
 * @param error code and message when the task failed, otherwise empty
 * @param tick whether it is a movement inside a phase, not a step
 * @param timeMillis when the orchestrator or the inference wrote it, ms since 1970
 * @param timings of finished phases, in order of finishing; empty before the end
 */
public record TaskEvent(
        String event,
        String cursor,
        String taskId,
        String status,
        String phase,
        int progress,
        String message,
        String error,
        boolean tick,
        long timeMillis,
        List<PhaseTime> timings) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ENDED = Set.of("completed", "partial_failure", "failed", "cancelled");

    /**
     * How long a phase took.
     *
     * @param phase its name
     * @param round how often refining had gone back before it
     * @param millis from its start to its end, waiting included
     * @param computeMillis inside the model
     */
    public record PhaseTime(String phase, int round, long millis, long computeMillis) {}

    public TaskEvent {
        timings = List.copyOf(timings);
    }

    /** @throws IOException when the text is no JSON object */
    public static TaskEvent parse(String json) throws IOException {
        JsonNode node = JSON.readTree(json);
        if (!node.isObject()) {
            throw new IOException("the edge sent an event that is no JSON object");
        }
        JsonNode error = node.path("error");
        return new TaskEvent(
                node.path("event").asText(""),
                node.path("cursor").asText(""),
                node.path("task_id").asText(""),
                node.path("status").asText(""),
                node.path("phase").asText(""),
                node.path("progress").asInt(0),
                node.path("message").asText(""),
                error.isObject()
                        ? error.path("code").asText() + ": "
                                + error.path("message").asText()
                        : "",
                node.has("phase_progress"),
                node.path("time").asLong(),
                timings(node.path("timings")));
    }

    /** Whether the task has ended, committed or not. */
    public boolean ended() {
        return ENDED.contains(status);
    }

    /** Whether the end is committed, or the task deleted: nothing comes after it. */
    public boolean isLast() {
        return event.equals("done") || event.equals("deleted");
    }

    private static List<PhaseTime> timings(JsonNode timings) {
        List<PhaseTime> times = new ArrayList<>();
        for (JsonNode timing : timings) {
            times.add(new PhaseTime(
                    timing.path("phase").asText(),
                    timing.path("round").asInt(),
                    timing.path("ended_at").asLong() - timing.path("started_at").asLong(),
                    timing.path("compute_ms").asLong()));
        }
        return times;
    }
}
