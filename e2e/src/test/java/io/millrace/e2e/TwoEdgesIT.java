package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.topic.EventType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two edges on one broker and one database are one edge to a client. */
@ExtendWith(Stack.class)
class TwoEdgesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String USER = "olga";

    private static @Nullable SecondEdge running;

    private final String token = Stack.stack().token(USER, "user");
    private final EdgeClient here = new EdgeClient(Stack.stack(), USER);
    private EdgeClient there;

    @BeforeEach
    void startSecondEdge() throws IOException {
        SecondEdge earlier = running;
        if (earlier == null || !earlier.isAlive()) {
            running = SecondEdge.start(Stack.stack(), Stack.options());
        }
        there = new EdgeClient(second().url(), token);
    }

    private static SecondEdge second() {
        return Objects.requireNonNull(running, "the second edge has not been started");
    }

    @AfterAll
    static void stopSecondEdge() {
        SecondEdge last = running;
        if (last != null) {
            last.close();
        }
    }

    @Test
    void aSubmitAtOneIsInTheAnswersAndOnTheStreamsOfBoth() throws Exception {
        try (SseWatcher mineHere = SseWatcher.open(here, "/api/v1/stream", "");
                SseWatcher mineThere = SseWatcher.open(there, "/api/v1/stream", "")) {
            mineHere.await(event -> event.name().equals("snapshot"), PATIENCE);
            mineThere.await(event -> event.name().equals("snapshot"), PATIENCE);

            String task = here.submit(Prompts.small(41));
            assertThat(there.get("/api/v1/tasks/" + task).status())
                    .as("the other edge right after the POST")
                    .isEqualTo(200);
            assertThat(there.get("/api/v1/tasks").body().toString()).contains(task);

            mineHere.await(event -> is(event.data(), task, "done"), PATIENCE);
            mineThere.await(event -> is(event.data(), task, "done"), PATIENCE);
            assertThat(mineThere.names()).contains("task_created");
            assertThat(steps(mineHere, task))
                    .as("the same steps at the same cursors")
                    .isNotEmpty()
                    .isEqualTo(steps(mineThere, task));
        }
    }

    @Test
    void whoLosesTheEdgeGoesOnAtTheOther() throws Exception {
        String path = "/api/v1/stream";
        String route = "tasks.progress";
        List<JsonNode> bySse = new ArrayList<>();
        List<JsonNode> byRSocket = new ArrayList<>();
        List<JsonNode> bySocket = new ArrayList<>();
        String task;
        try (SseWatcher sse = SseWatcher.open(there, path, "");
                RSocketWatcher rsocket = RSocketWatcher.open(second().rsocketPort(), token, route, "");
                SocketWatcher socket = SocketWatcher.open(second().url(), token, "")) {
            sse.await(event -> event.name().equals("snapshot"), PATIENCE);
            rsocket.await(event -> event.path("event").asText().equals("snapshot"), PATIENCE);
            task = here.submit(Prompts.large(42));
            sse.await(event -> isProcessing(event.data()), PATIENCE);
            rsocket.await(TwoEdgesIT::isProcessing, PATIENCE);
            socket.await(task, message -> isProcessing(message.path("data")), PATIENCE);

            second().kill();

            sse.awaitEnd(PATIENCE);
            rsocket.awaitEnd(PATIENCE);
            bySse.addAll(sse.events().stream().map(SseWatcher.Event::data).toList());
            byRSocket.addAll(rsocket.events());
            bySocket.addAll(socket.about(task));
        }
        assertThat(bySse).as("cut before the end").noneMatch(event -> is(event, task, "done"));
        String phase = last(about(task, bySse), "phase");
        Awaitility.await("something to be missed")
                .atMost(PATIENCE)
                .until(() -> !here.get("/api/v1/tasks/" + task)
                        .data()
                        .path("phase")
                        .asText()
                        .equals(phase));

        try (SseWatcher sse = SseWatcher.open(here, path, last(bySse, "cursor"));
                RSocketWatcher rsocket = RSocketWatcher.open(Stack.stack(), USER, route, last(byRSocket, "cursor"));
                SocketWatcher socket =
                        SocketWatcher.open(Stack.stack().setup().edgeUrl(), token, last(bySocket, "id"))) {
            sse.await(event -> is(event.data(), task, "done"), PATIENCE);
            rsocket.await(event -> is(event, task, "done"), PATIENCE);
            socket.await(task, message -> message.path("type").asText().equals("task_complete"), PATIENCE);
            bySse.addAll(sse.events().stream().map(SseWatcher.Event::data).toList());
            byRSocket.addAll(rsocket.events());
            bySocket.addAll(socket.about(task));
        }

        assertThat(bySse).noneMatch(event -> event.path("event").asText().equals("gap"));
        DurableSteps.withoutGapOrRepeat(about(task, bySse));
        DurableSteps.withoutGapOrRepeat(about(task, byRSocket));
        assertThat(bySocket)
                .filteredOn(message -> message.path("type").asText().equals("task_complete"))
                .hasSize(1);
        assertThat(bySocket)
                .extracting(message -> message.at("/data/phase").asText())
                .contains("generating_layout", "generating_background", "generating_elements", "rendering_text");
    }

    private static String last(List<JsonNode> events, String field) {
        return events.get(events.size() - 1).path(field).asText();
    }

    private static List<JsonNode> about(String task, List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.path("task_id").asText().equals(task))
                .toList();
    }

    @Test
    void aRepeatSentToBothAtOnceYieldsOneTask() throws Exception {
        String key = UUID.randomUUID().toString();
        CyclicBarrier together = new CyclicBarrier(2);
        List<CompletableFuture<EdgeClient.Answer>> sent = Stream.of(here, there)
                .map(edge -> CompletableFuture.supplyAsync(() -> {
                    try {
                        together.await(60, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return edge.postOnce("/api/v1/tasks", Prompts.small(43), key);
                }))
                .toList();
        List<String> ids = new ArrayList<>();
        for (CompletableFuture<EdgeClient.Answer> one : sent) {
            EdgeClient.Answer answer = one.get(120, TimeUnit.SECONDS);
            assertThat(answer.status()).as(answer.body().toString()).isIn(200, 202);
            ids.add(answer.data().path("task_id").asText());
        }
        EdgeClient.Answer later = there.postOnce("/api/v1/tasks", Prompts.small(43), key);

        assertThat(ids.get(0))
                .isEqualTo(ids.get(1))
                .isEqualTo(later.data().path("task_id").asText());
        assertThat(there.postOnce("/api/v1/tasks", Prompts.small(44), key).status())
                .as("the same key with another body")
                .isEqualTo(422);
        try (SseWatcher sse = SseWatcher.open(there, "/api/v1/tasks/" + ids.get(0) + "/stream", "")) {
            sse.awaitEnd(PATIENCE);
        }
        assertThat(new EventLog(Stack.stack()).read().getOrDefault(ids.get(0), List.of()))
                .extracting(EventLog.Event::type)
                .containsOnlyOnce(EventType.SUBMITTED, EventType.COMPLETED);
    }

    private static boolean is(JsonNode event, String task, String name) {
        return event.path("task_id").asText().equals(task)
                && event.path("event").asText().equals(name);
    }

    private static boolean isProcessing(JsonNode event) {
        return event.path("status").asText().equals("processing");
    }

    private static List<String> steps(SseWatcher watcher, String task) {
        return watcher.events().stream()
                .map(SseWatcher.Event::data)
                .filter(event -> event.path("task_id").asText().equals(task) && DurableSteps.isStep(event))
                .map(event -> event.path("step").asInt() + " at "
                        + event.path("cursor").asText())
                .toList();
    }
}
