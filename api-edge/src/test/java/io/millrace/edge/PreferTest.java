package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.watch.Hub;
import io.millrace.schemas.v1.TaskCommand;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that wait for the end of their task. */
class PreferTest {
    private static final String BODY = "{\"prompt\":\"a poster\"}";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static Borders.Commands commands;
    private static Borders.Log log;

    @BeforeAll
    static void start() {
        edge = new RunningEdge(artifacts);
        commands = edge.bean(Borders.Commands.class);
        log = edge.bean(Borders.Log.class);
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void theAnswerComesWithTheEnd() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                later(() -> edge.send(submit("ann", "respond-async, wait=50")));
        String id = taken("ann");
        await().atMost(PATIENCE).until(() -> edge.bean(Hub.class).subscriberCount() == 1);
        log.write(log.records.step(id, "ann", 1, 1, "processing", "init"));
        assertThat(answer).isNotDone();
        log.write(log.records.step(id, "ann", 1, 2, "completed", "completed"));

        HttpResponse<String> ended = answer.get(120, TimeUnit.SECONDS);

        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(json(ended).at("/data/status").asString()).isEqualTo("completed");
        assertThat(ended.headers().firstValue("Preference-Applied")).contains("wait=50");
        assertThat(ended.headers().firstValue("Location")).contains("/api/v1/tasks/" + id);
        // Of a task that has ended already too.
        HttpResponse<String> asked = edge.send(edge.as("ann", "/api/v1/tasks/" + id)
                .header("Prefer", "wait=50")
                .GET());
        assertThat(json(asked).at("/data/status").asString()).isEqualTo("completed");
        assertThat(asked.headers().firstValue("Preference-Applied")).contains("wait=50");
        await().atMost(PATIENCE).until(() -> edge.bean(Hub.class).subscriberCount() == 0);
    }

    @Test
    void whenTheTimeIsOverTheTaskIsAnsweredAsItIs() throws Exception {
        HttpResponse<String> accepted = edge.send(submit("ben", "wait=1"));

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(json(accepted).at("/data/status").asString()).isEqualTo("pending");
        assertThat(accepted.headers().firstValue("Preference-Applied")).contains("wait=1");
    }

    @Test
    void aQuestionWaitsForTheEndAndForNobodyElsesTask() throws Exception {
        String id = json(edge.post("cat", "/api/v1/tasks", BODY)).at("/data/id").asString();
        CompletableFuture<HttpResponse<String>> answer = later(() -> edge.send(edge.as("cat", "/api/v1/tasks/" + id)
                .header("Prefer", "wait=50")
                .GET()));
        await().atMost(PATIENCE).until(() -> edge.bean(Hub.class).subscriberCount() == 1);
        HttpResponse<String> stranger = edge.send(edge.as("dan", "/api/v1/tasks/" + id)
                .header("Prefer", "wait=50")
                .GET());
        log.write(log.records.step(id, "cat", 1, 1, "failed", "init"));

        assertThat(stranger.statusCode()).isEqualTo(403);
        assertThat(json(answer.get(120, TimeUnit.SECONDS)).at("/data/status").asString())
                .isEqualTo("failed");
        await().atMost(PATIENCE).until(() -> edge.bean(Hub.class).subscriberCount() == 0);
    }

    private static HttpRequest.Builder submit(String user, String prefer) {
        return edge.as(user, "/api/v1/tasks")
                .header("Content-Type", "application/json")
                .header("Prefer", prefer)
                .POST(HttpRequest.BodyPublishers.ofString(BODY));
    }

    /** The id of the user's only task, once its command was written. */
    private static String taken(String user) {
        return await().atMost(PATIENCE)
                .until(() -> ids(user), ids -> !ids.isEmpty())
                .get(0);
    }

    private static List<String> ids(String user) {
        return commands.written.stream()
                .filter(command -> command.getUserId().equals(user))
                .map(TaskCommand::getTaskId)
                .toList();
    }

    private static <T> CompletableFuture<T> later(Callable<T> call) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return call.call();
            } catch (Exception failed) {
                throw new CompletionException(failed);
            }
        });
    }
}
