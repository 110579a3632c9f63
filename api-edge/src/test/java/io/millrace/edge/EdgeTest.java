package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.live.LogRecord;
import io.millrace.edge.live.Records;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.v1.Step;
import io.millrace.schemas.v1.TaskCommand;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The HTTP side over a real port; the database is down all the time, which live tasks must not notice. */
class EdgeTest {
    private static final String USER = "alice";
    private static final String BODY = "{\"prompt\":\"a poster\"}";

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
    void submittedTaskIsThereAtOnceWithoutRowsAndWithoutSteps() throws Exception {
        HttpResponse<String> accepted =
                edge.post(USER, "/api/v1/tasks", "{\"type\":\"poster_generation\",\"prompt\":\"p\"}");
        String id = json(accepted).at("/data/task_id").asString();

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Location")).contains("/api/v1/tasks/" + id);
        assertThat(json(edge.get(USER, "/api/v1/tasks/" + id))
                        .at("/data/input_params/prompt")
                        .asString())
                .isEqualTo("p");
        assertThat(json(edge.get(USER, "/api/v1/tasks/" + id + "/status"))
                        .at("/data/status")
                        .asString())
                .isEqualTo("pending");
        assertThat(edge.get(USER, "/api/v1/tasks?limit=200&status=pending").body())
                .contains(id);
        assertThat(edge.get(USER, "/api/v1/tasks/" + id + "/result").statusCode())
                .isEqualTo(409);
        TaskCommand written = commands.written.get(commands.written.size() - 1);
        assertThat(written.getUserId()).isEqualTo(USER);
        assertThat(written.getSubmit().getType()).isEqualTo("poster");
    }

    @Test
    void aDeletedTaskIsGoneAtOnce() throws Exception {
        String kept = submit();
        String deleted = submit();
        log.write(log.records.record(Records.base(deleted, USER, 1)
                .setStepTaken(Step.newBuilder()
                        .setStatus("cancelled")
                        .setVersion(1)
                        .setType("poster")
                        .setDeleted(true))));

        assertThat(edge.get(USER, "/api/v1/tasks/" + deleted).statusCode()).isEqualTo(404);
        assertThat(edge.get(USER, "/api/v1/tasks?limit=200").body())
                .contains(kept)
                .doesNotContain(deleted);
    }

    /**
     * The client asks on as soon as it has the last byte of a picture, when the server has not yet put that answer away: a request
     * that came then and was answered at once used to leave the connection unread, and the one behind it without an answer.
     */
    @Test
    void everyRequestOfAKeptConnectionIsAnswered() throws Exception {
        String id = submit();
        ArtifactRef picture = edge.bean(ArtifactStore.class).put(new byte[200_000]);
        String link = edge.bean(LinkSigner.class).link(picture);

        for (int i = 0; i < 500; i++) {
            assertThat(edge.get(USER, "/api/v1/tasks/" + id).statusCode()).isEqualTo(200);
            assertThat(edge.send(edge.request(link)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void queueDownIsA503ThatSaysWhenToComeBackAndNothingIsShown() throws Exception {
        commands.down = true;
        try {
            HttpResponse<String> refused = edge.post("carol", "/api/v1/tasks", BODY);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(edge.bean(Hub.class).tasksOf("carol")).isEmpty();
        } finally {
            commands.down = false;
        }
    }

    @Test
    void sameKeyIsTheSameTaskAndAnotherBodyIsRefused() throws Exception {
        HttpRequest.Builder first = keyed("key-1", BODY);
        String id = json(edge.send(first)).at("/data/id").asString();
        HttpResponse<String> again = edge.send(keyed("key-1", "{\"prompt\": \"a poster\"}"));

        assertThat(json(again).at("/data/id").asString()).isEqualTo(id);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(edge.send(keyed("key-1", "{\"prompt\":\"other\"}")).statusCode())
                .isEqualTo(422);
        assertThat(edge.send(keyed("not a key", BODY)).statusCode()).isEqualTo(400);
    }

    private static HttpRequest.Builder keyed(String key, String body) {
        return edge.as(USER, "/api/v1/tasks")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    @Test
    void strangersGet401OthersGet403UnknownIs503WithoutRows() throws Exception {
        String id = submit();

        assertThat(edge.send(edge.request("/api/v1/tasks/" + id)).statusCode()).isEqualTo(401);
        for (String bad : List.of(
                Tokens.of(USER, "user", "millrace", Tokens.SECRET, Instant.now().minusSeconds(3_600)),
                Tokens.of(USER, "user", "somebody", Tokens.SECRET, Instant.now().plusSeconds(60)),
                Tokens.of(USER, "root", "millrace", Tokens.SECRET, Instant.now().plusSeconds(60)),
                Tokens.of("", "user", "millrace", Tokens.SECRET, Instant.now().plusSeconds(60)),
                Tokens.of(
                        USER,
                        "user",
                        "millrace",
                        Tokens.SECRET + "x",
                        Instant.now().plusSeconds(60)))) {
            HttpResponse<String> refused =
                    edge.send(edge.request("/api/v1/tasks/" + id).header("Authorization", "Bearer " + bad));
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(json(refused).path("code").asInt()).isEqualTo(401);
        }
        HttpResponse<String> forbidden = edge.get("bob", "/api/v1/tasks/" + id);
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(forbidden.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(edge.get("bob", "/api/v1/tasks/" + id + "/stream").statusCode())
                .isEqualTo(403);
        assertThat(edge.get(USER, "/api/v1/tasks/nonsense").statusCode()).isEqualTo(404);
        assertThat(edge.get(USER, "/api/v1/nowhere").statusCode()).isEqualTo(404);
        String unknown = id.substring(0, id.length() - 4) + "ffff";
        assertThat(edge.get(USER, "/api/v1/tasks/" + unknown).statusCode()).isEqualTo(503);
        String admin = Tokens.of("root", "admin");
        assertThat(edge.send(edge.request("/api/v1/tasks/" + id).header("Authorization", "Bearer " + admin))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void streamTellsEverythingOnceAndEndsWithDone() throws Exception {
        String id = submit();
        finish(id);
        edge.bean(Hub.class).committed(id, 3);
        String whole = edge.get(USER, "/api/v1/tasks/" + id + "/stream").body();

        assertThat(events(whole)).containsExactly("snapshot", "complete", "done");
        String snapshot = ids(whole).get(0);
        String done = ids(whole).get(2);
        assertThat(events(resumed(id, snapshot).body())).containsExactly("complete", "done");
        assertThat(resumed(id, done).statusCode()).isEqualTo(204);
        assertThat(resumed(id, "garbage").statusCode()).isEqualTo(400);
        assertThat(whole).contains("/api/v1/artifacts/" + "ab".repeat(32) + "?exp=");
        String first = log.written.stream()
                .filter(record -> record.progress().getTaskId().equals(id))
                .findFirst()
                .orElseThrow()
                .place()
                .text();
        assertThat(events(resumed(id, first).body())).containsExactly("progress", "log", "complete", "done");
    }

    @Test
    void queryTokenOpensStreamsOnly() throws Exception {
        String id = submit();
        finish(id);
        edge.bean(Hub.class).committed(id, 3);
        String token = json(edge.post(USER, "/api/v1/auth/tokens", "{\"scope\":\"stream\"}"))
                .at("/data/token")
                .asString();

        HttpResponse<String> stream = edge.send(edge.request("/api/v1/tasks/" + id + "/stream?access_token=" + token));
        assertThat(events(stream.body())).as(stream.body()).endsWith("done");
        assertThat(edge.send(edge.request("/api/v1/tasks/" + id + "?access_token=" + token))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void resultPosterAndHistoryAreThereFromTheMomentOfTheEnd() throws Exception {
        String id = submit();
        finish(id);

        JsonNode result =
                json(edge.get(USER, "/api/v1/tasks/" + id + "/result")).path("data");
        assertThat(result.at("/preview").asString()).contains("&sig=");
        assertThat(json(edge.get(USER, "/api/v1/tasks/" + id + "/history"))
                        .at("/data/history")
                        .size())
                .isEqualTo(3);
        assertThat(json(edge.get(USER, "/api/v1/posters/poster_1/full"))
                        .at("/data/poster/task_id")
                        .asString())
                .isNotEmpty();
    }

    @Test
    void cancelSaysWhatTheOrchestratorSays() throws Exception {
        String id = submit();
        commands.orchestrator = command -> log.write(log.records.answer(
                id,
                USER,
                command.getCommandId(),
                command.getCancel().getReason().isEmpty()));
        try {
            JsonNode accepted = json(edge.post(USER, "/api/v1/tasks/" + id + "/cancel", ""));
            assertThat(accepted.at("/data/success").asBoolean()).isTrue();
            assertThat(accepted.at("/data/previous_status").asString()).isEqualTo("processing");
            HttpResponse<String> refused = edge.post(USER, "/api/v1/tasks/" + id + "/cancel", "{\"reason\":\"r\"}");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(json(refused).path("message").asString()).isEqualTo("said so");
        } finally {
            commands.orchestrator = command -> {};
        }
        assertThat(edge.post(USER, "/api/v1/tasks/" + id + "/cancel", "").statusCode())
                .isEqualTo(202);
        assertThat(edge.post("bob", "/api/v1/tasks/" + id + "/cancel", "").statusCode())
                .isEqualTo(403);
    }

    @Test
    void wrongBodiesNameTheField() throws Exception {
        HttpResponse<String> refused =
                edge.post(USER, "/api/v1/tasks", "{\"prompt\":\"p\",\"size\":{\"width\":1,\"height\":400}}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).at("/errors/0/field").asString()).isEqualTo("size.width");
        assertThat(json(refused).at("/errors/0/remedy").asString()).isNotEmpty();
        assertThat(edge.post(USER, "/api/v1/tasks", " ".repeat(400_000)).statusCode())
                .isEqualTo(413);
        assertThat(edge.get(USER, "/api/v1/tasks?limit=0").statusCode()).isEqualTo(400);
        assertThat(edge.get(USER, "/api/v1/tasks?status=odd").statusCode()).isEqualTo(400);
        assertThat(edge.get("nobody", "/api/v1/tasks").statusCode()).isEqualTo(503);
    }

    @Test
    void artifactsOpenToTheirOwnerAndToSignedLinksOnly() throws Exception {
        byte[] html = "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        ArtifactRef ref = edge.bean(ArtifactStore.class).put(html);
        String link = edge.bean(LinkSigner.class).link(ref);

        HttpResponse<String> read = edge.send(edge.request(link));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(read.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(read.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(edge.send(edge.request(link + "0")).statusCode()).isEqualTo(403);
        assertThat(edge.send(edge.request("/api/v1/artifacts/" + ref.hash())).statusCode())
                .isEqualTo(401);
        assertThat(edge.get(USER, "/api/v1/artifacts/" + "cd".repeat(32)).statusCode())
                .isEqualTo(404);
        assertThat(edge.get(USER, "/api/v1/artifacts/..%2f..").statusCode()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void metricsAreForServicesAndHealthIsForAll() throws Exception {
        assertThat(edge.send(edge.request("/actuator/health")).statusCode()).isEqualTo(200);
        assertThat(edge.get(USER, "/actuator/prometheus").statusCode()).isEqualTo(403);
        String service = Tokens.of("prometheus", "service");
        assertThat(edge.send(edge.request("/actuator/prometheus").header("Authorization", "Bearer " + service))
                        .body())
                .contains("millrace_edge_tasks");
    }

    private static String submit() throws Exception {
        return json(edge.post(USER, "/api/v1/tasks", BODY)).at("/data/id").asString();
    }

    private static void finish(String id) {
        List<LogRecord> steps = List.of(
                log.records.step(id, USER, 1, 1, "queued", "init"),
                log.records.step(id, USER, 1, 2, "processing", "p2"),
                log.records.log(id, USER, 2, "p2", "line"),
                log.records.step(id, USER, 1, 3, "completed", "completed"));
        steps.forEach(log::write);
    }

    private static HttpResponse<String> resumed(String id, String cursor) throws Exception {
        return edge.send(edge.as(USER, "/api/v1/tasks/" + id + "/stream").header("Last-Event-ID", cursor));
    }

    private static List<String> events(String stream) {
        return lines(stream, "event:");
    }

    private static List<String> ids(String stream) {
        return lines(stream, "id:");
    }

    private static List<String> lines(String stream, String prefix) {
        return stream.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    @Test
    void nothingInAnArtifactCanRun() throws Exception {
        for (String text : List.of(
                "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                "<!doctype html><script>alert(1)</script>",
                "{\"a\":\"<script>\"}")) {
            ArtifactRef ref = edge.bean(ArtifactStore.class).put(text.getBytes(StandardCharsets.UTF_8));
            HttpResponse<String> answer =
                    edge.send(edge.request(edge.bean(LinkSigner.class).link(ref)));

            assertThat(answer.body()).isEqualTo(text);
            assertThat(answer.headers().firstValue("Content-Disposition")).contains("attachment");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("sandbox", "default-src 'none'");
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).doesNotContain("html", "svg", "xml");
        }
    }
}
