package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that was away comes back with its cursor and has missed nothing, and sees nothing twice. */
@ExtendWith(Stack.class)
class ReconnectIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final EdgeClient ben = new EdgeClient(Stack.stack(), "ben");

    @Test
    void aCutSseStreamGoesOnAtItsCursorEvenOnARestartedEdge() throws Exception {
        String task = ben.submit(Prompts.SAMPLE);
        String path = "/api/v1/tasks/" + task + "/stream";
        List<SseWatcher.Event> seen = new ArrayList<>();
        try (SseWatcher first = SseWatcher.open(ben, path, "")) {
            first.await(event -> event.data().has("step"), PATIENCE);
            seen.addAll(first.events());
        }
        restartEdge();

        try (SseWatcher second =
                SseWatcher.open(ben, path, seen.get(seen.size() - 1).id())) {
            second.awaitEnd(PATIENCE);
            seen.addAll(second.events().stream()
                    .filter(event -> !event.data().path("event").asText().equals("snapshot"))
                    .toList());
        }

        DurableSteps.withoutGapOrRepeat(
                seen.stream().map(SseWatcher.Event::data).toList());
    }

    @Test
    void aCutRSocketStreamGoesOnAtItsCursor() throws Exception {
        String task = ben.submit(Prompts.SAMPLE);
        List<JsonNode> seen = new ArrayList<>();
        try (RSocketWatcher first = RSocketWatcher.open(Stack.stack(), "ben", "tasks." + task + ".progress", "")) {
            first.await(event -> event.path("status").asText().equals("processing"), PATIENCE);
            seen.addAll(first.events());
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        ben.get("/api/v1/tasks/" + task).data().path("progress").asInt() >= 80);

        String cursor = seen.get(seen.size() - 1).path("cursor").asText();
        try (RSocketWatcher second = RSocketWatcher.open(Stack.stack(), "ben", "tasks." + task + ".progress", cursor)) {
            second.awaitEnd(PATIENCE);
            seen.addAll(second.events().stream()
                    .filter(event -> !event.path("event").asText().equals("snapshot"))
                    .toList());
        }

        DurableSteps.withoutGapOrRepeat(seen);
    }

    private static void restartEdge() throws InterruptedException {
        long before = Stack.stack().pid(Room.EDGE);
        Stack.stack().kill(Room.EDGE);
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .ignoreExceptions()
                .until(() -> Stack.stack().pid(Room.EDGE) != before);
        Stack.stack().awaitReady(Stack.READY);
    }
}
