package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the prompt to the picture, as a person and a program live it. */
@ExtendWith(Stack.class)
class PosterJourneyIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Set<String> ENDS = Set.of("complete", "error");
    private static final List<String> PHASES = List.of(
            "parsing_intent",
            "generating_layout",
            "generating_background",
            "generating_elements",
            "rendering_text",
            "checking_ocr",
            "assessing_quality",
            "finalizing",
            "completed");

    private final EdgeClient ann = new EdgeClient(Stack.stack(), "ann");

    @Test
    void allPhasesAreSeenByWhoWatchesBeforeTheSubmit() throws Exception {
        EdgeClient eve = new EdgeClient(Stack.stack(), "eve");
        try (RSocketWatcher rsocket = RSocketWatcher.open(Stack.stack(), "eve", "tasks.progress", "");
                SseWatcher sse = SseWatcher.open(eve, "/api/v1/stream", "")) {
            // Both are subscribed once they have shown another task; phases of the next may be quick.
            String first = eve.submit(Prompts.small(9));
            sse.await(event -> ends(first, event.data()), PATIENCE);
            rsocket.await(event -> ends(first, event), PATIENCE);
            String task = eve.submit(Prompts.SAMPLE);

            sse.await(event -> ends(task, event.data()), PATIENCE);
            rsocket.await(event -> ends(task, event), PATIENCE);

            showsTheWholeWorkflow(task, sse.events().stream().map(SseWatcher.Event::data));
            showsTheWholeWorkflow(task, rsocket.events().stream());
        }
    }

    @Test
    void theSamplePosterIsMadeWhileItsOwnerWatches() throws Exception {
        String task = ann.submit(Prompts.SAMPLE);
        assertThat(ann.get("/api/v1/tasks/" + task).status())
                .as("right after the POST")
                .isEqualTo(200);
        assertThat(ann.get("/api/v1/tasks").body().toString()).contains(task);

        try (SseWatcher sse = SseWatcher.open(ann, "/api/v1/tasks/" + task + "/stream", "");
                RSocketWatcher rsocket = RSocketWatcher.open(Stack.stack(), "ann", "tasks." + task + ".progress", "")) {
            sse.await(event -> event.name().equals("complete"), PATIENCE);
            EdgeClient.Answer result = ann.get("/api/v1/tasks/" + task + "/result");
            assertThat(result.status()).as("from the moment complete was shown").isEqualTo(200);
            sse.awaitEnd(Duration.ofMinutes(2));
            rsocket.awaitEnd(Duration.ofMinutes(2));

            followsTheWorkflow(sse.events().stream().map(SseWatcher.Event::data).toList());
            followsTheWorkflow(rsocket.events());
            assertThat(sse.names()).startsWith("snapshot").endsWith("done");
            try (SseWatcher again = SseWatcher.open(
                    ann, "/api/v1/tasks/" + task + "/stream", sse.last().id())) {
                assertThat(again.status()).as("a reconnect after done").isEqualTo(204);
            }
            holdsADocument(result.data());
        }
        new EveryTaskEndsOnce(Stack.stack()).verify(Set.of(task), ann, 1080, 1920, PATIENCE);
        Tables tables = new Tables(Stack.stack());
        assertThat(tables.count("posters", "task_id", task)).isEqualTo(1);
        assertThat(tables.count("task_progress_logs", "task_id", task)).isGreaterThanOrEqualTo(9);
        assertThat(ann.get("/api/v1/tasks/" + task + "/history").status()).isEqualTo(200);
    }

    @Test
    void aTaskWithoutElementsOrColoursWorksToo() throws Exception {
        String task = ann.submit(Prompts.MINIMAL);

        new EveryTaskEndsOnce(Stack.stack()).verify(Set.of(task), ann, 1080, 1920, PATIENCE);
    }

    @Test
    void cancelEndsARunningTaskAtOnceAndAStrangerMayNot() throws Exception {
        String task = ann.submit(Prompts.SAMPLE);
        try (SseWatcher sse = SseWatcher.open(ann, "/api/v1/tasks/" + task + "/stream", "")) {
            sse.await(event -> event.data().path("status").asText().equals("processing"), PATIENCE);
            EdgeClient mallory = new EdgeClient(Stack.stack(), "mallory");
            assertThat(mallory.get("/api/v1/tasks/" + task).status()).isEqualTo(403);
            assertThat(mallory.post("/api/v1/tasks/" + task + "/cancel", "{}").status())
                    .isEqualTo(403);

            EdgeClient.Answer answer = ann.post("/api/v1/tasks/" + task + "/cancel", "{\"reason\":\"wrong colour\"}");

            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
            assertThat(answer.data().path("previous_status").asText()).isEqualTo("processing");
            sse.await(event -> event.name().equals("error"), Duration.ofMinutes(2));
            sse.awaitEnd(Duration.ofMinutes(2));
            assertThat(sse.names()).endsWith("error", "done");
        }
        EdgeClient.Answer again = ann.post("/api/v1/tasks/" + task + "/cancel", "{}");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body().toString()).contains("has ended, it is cancelled");
    }

    @Test
    void aBadRequestNamesTheField() {
        EdgeClient.Answer answer =
                ann.post("/api/v1/tasks", "{\"prompt\":\"x\",\"size\":{\"width\":10,\"height\":640}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").path(0).path("field").asText()).contains("size.width");
    }

    private static boolean ends(String task, JsonNode event) {
        return event.path("task_id").asText().equals(task)
                && event.path("event").asText().equals("complete");
    }

    private static void showsTheWholeWorkflow(String task, Stream<JsonNode> seen) {
        List<JsonNode> events = seen.filter(
                        event -> event.path("task_id").asText().equals(task))
                .toList();
        followsTheWorkflow(events);
        assertThat(phases(events)).containsSubsequence(PHASES);
        assertThat(events.stream().filter(event -> event.path("phase").asText().equals("generating_background")))
                .as("ticks inside the background phase")
                .hasSizeGreaterThan(2);
    }

    /** From where the watcher came in: phases in order, the bar never back, one end. */
    private static void followsTheWorkflow(List<JsonNode> events) {
        List<JsonNode> steps =
                events.stream().filter(event -> event.has("progress")).toList();
        List<String> phases = phases(steps);
        assertThat(PHASES).endsWith(phases.stream().filter(PHASES::contains).toArray(String[]::new));
        assertThat(phases).endsWith("completed");
        assertThat(steps.stream().map(step -> step.path("progress").asInt()).toList())
                .isSorted();
        assertThat(events.stream()
                        .filter(event -> ENDS.contains(event.path("event").asText())))
                .as("terminal events")
                .hasSize(1);
    }

    private static List<String> phases(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.has("progress"))
                .map(event -> event.path("phase").asText())
                .distinct()
                .toList();
    }

    private static void holdsADocument(JsonNode result) {
        assertThat(result.path("poster_id").asText()).isNotEmpty();
        assertThat(result.path("quality_scores").path("overall").asDouble()).isBetween(0.5, 1.0);
        assertThat(result.path("layers")).isNotEmpty();
        assertThat(result.path("editable_elements")).isNotEmpty();
    }
}
