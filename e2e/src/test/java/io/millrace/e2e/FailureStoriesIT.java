package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.Room;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The three failure stories of requirements document 001 (section 2.2, scenarios A, B and C), told with one socket and without a poll.
 * There the socket was fire and forget: it was not told of submits, not of ends on the asynchronous path, and had no cursor to go on from.
 */
@ExtendWith(Stack.class)
class FailureStoriesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String USER = "nora";

    private final EdgeClient nora = new EdgeClient(Stack.stack(), USER);
    private final String token = Stack.stack().token(USER, "user");
    private final String edge = Stack.stack().setup().edgeUrl();

    /** Scenario A: five seconds of nothing after the click. Here even an orchestrator that stands still delays nothing. */
    @Test
    void aTaskIsShownAfterItsSubmitAlsoWhenNothingWorksOnIt() throws Exception {
        try (SocketWatcher socket = SocketWatcher.open(edge, token, "")) {
            Stack.stack().pause(Room.TASKMANAGER);
            try {
                String task = nora.submit(Prompts.small(31));

                assertThat(list()).as("the list right after the POST").contains(task);
                JsonNode created = socket.await(task, type("task_created"), PATIENCE);
                assertThat(created.at("/data/status").asText()).isEqualTo("pending");
            } finally {
                Stack.stack().resume(Room.TASKMANAGER);
            }
        }
    }

    /** Scenario B: the bar stands at 80 % until the page is loaded anew. Here the socket says the end, and no answer says anything older. */
    @Test
    void theBarDoesNotStandAtEightyPercentUntilThePageIsLoadedAgain() throws Exception {
        try (SocketWatcher socket = SocketWatcher.open(edge, token, "")) {
            String task = nora.submit(Prompts.small(32));

            JsonNode end = socket.await(task, type("task_complete"), PATIENCE);
            JsonNode answer = nora.get("/api/v1/tasks/" + task).data();
            JsonNode listed = listed(task);

            assertThat(end.at("/data/progress").asInt()).isEqualTo(100);
            assertThat(end.at("/data/result_image_url").asText())
                    .as("no second question is needed for the picture")
                    .contains("/api/v1/artifacts/");
            assertThat(nora.download(end.at("/data/result_image_url").asText())).isNotEmpty();
            for (JsonNode shown : List.of(answer, listed)) {
                assertThat(shown.path("status").asText())
                        .as("an answer after the end was told")
                        .isEqualTo("completed");
                assertThat(shown.path("progress").asInt()).isEqualTo(100);
            }
            List<Integer> bar = socket.about(task).stream()
                    .filter(message -> message.path("data").has("progress"))
                    .map(message -> message.at("/data/progress").asInt())
                    .toList();
            assertThat(bar).isSorted().contains(80);
        }
    }

    /** Scenario C: the line breaks, the task ends, and nobody says so when the line is back. Here the cursor brings it. */
    @Test
    void anEndThatCameWhileTheLineWasCutIsToldWhenItIsBack() throws Exception {
        try (CuttableLine line = new CuttableLine(edge)) {
            String task;
            List<JsonNode> before;
            try (SocketWatcher socket = SocketWatcher.open(line.url(), token, "")) {
                task = nora.submit(Prompts.small(33));
                socket.await(
                        task, message -> message.at("/data/status").asText().equals("processing"), PATIENCE);
                line.cut();
                before = socket.about(task);
            }
            assertThat(before).as("seen before the cut").noneMatch(type("task_complete"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> nora.get("/api/v1/tasks/" + task)
                            .data()
                            .path("status")
                            .asText()
                            .equals("completed"));

            line.mend();
            String last = before.get(before.size() - 1).path("id").asText();
            try (SocketWatcher socket = SocketWatcher.open(line.url(), token, last)) {
                socket.await(task, type("task_complete"), PATIENCE);
                List<JsonNode> after = socket.about(task);

                assertThat(after)
                        .as("told once")
                        .filteredOn(type("task_complete"))
                        .hasSize(1);
                assertThat(after)
                        .extracting(message -> message.at("/data/phase").asText())
                        .as("what lay between is told too")
                        .contains("checking_ocr", "finalizing");
            }
        }
    }

    private static Predicate<JsonNode> type(String type) {
        return message -> message.path("type").asText().equals(type);
    }

    private String list() {
        return nora.get("/api/v1/tasks").body().toString();
    }

    private JsonNode listed(String task) {
        for (JsonNode one : nora.get("/api/v1/tasks").data().path("tasks")) {
            if (one.path("task_id").asText().equals(task)) {
                return one;
            }
        }
        throw new AssertionError("the list lacks " + task);
    }
}
