package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.Maria;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.Records;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.TaskCommand;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The edge over a real MariaDB; Kafka is by hand. */
class RowsIT {
    private static final String USER = "alice";
    private static final String PSD = "8BPS\u0000\u0001 a file of layers";

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static Borders.Commands commands;
    private static Borders.Log log;
    private static String user;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        Maria.shared().createDatabase("edge_rows");
        edge = new RunningEdge(artifacts, "--test.database=edge_rows");
        commands = edge.bean(Borders.Commands.class);
        log = edge.bean(Borders.Log.class);
        user = Tokens.of(USER, "user");
        admin = Tokens.of("root", "admin");
        Database database = edge.bean(Database.class);
        await().atMost(Duration.ofMinutes(5)).until(database::healthy);
        commands.orchestrator = command -> answer(command, "{\"reused_phases\":[\"p2\"]}");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static void answer(TaskCommand command, String details) {
        log.write(log.records.record(Records.base(command.getTaskId(), command.getUserId(), 0)
                .setAnswer(CommandAnswer.newBuilder()
                        .setCommandId(command.getCommandId())
                        .setAccepted(true)
                        .setPreviousStatus("failed")
                        .setStatus("queued")
                        .setDetails(com.google.protobuf.ByteString.copyFromUtf8(details)))));
    }

    private static TaskCommand last() {
        return commands.written.get(commands.written.size() - 1);
    }

    private static String submit() throws Exception {
        return json(edge.post(USER, "/api/v1/tasks", "{\"prompt\":\"p\"}"))
                .at("/data/id")
                .asString();
    }

    @Test
    void presetIsKeptByVersionAndFilledIn() throws Exception {
        String path = "/api/v1/presets/shop";
        assertThat(edge.put(user, path, "{\"input_params\":{\"size\":{\"width\":1}}}")
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> created = edge.put(
                user,
                path,
                "{\"priority\":7,\"input_params\":{\"style\":\"business\",\"size\":{\"width\":400,\"height\":800}}}");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("ETag")).contains("\"1\"");
        HttpRequest.Builder stale = edge.with(user, path)
                .header("Content-Type", "application/json")
                .header("If-Match", "\"9\"")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"input_params\":{}}"));
        assertThat(edge.send(stale).statusCode()).isEqualTo(412);

        String body = "{\"preset_id\":\"shop\",\"override\":{\"prompt\":\"p\",\"size\":{\"width\":500}}}";
        assertThat(edge.post(USER, "/api/v1/tasks", body).statusCode()).isEqualTo(202);
        JsonNode params = Json.lenient(last().getSubmit().getInputParams());
        assertThat(params.at("/size/width").asInt()).isEqualTo(500);
        assertThat(params.at("/size/height").asInt()).isEqualTo(800);
        assertThat(last().getSubmit().getPriority()).isEqualTo(7);
        assertThat(edge.get("bob", path).statusCode()).isEqualTo(404);
    }

    /** An id in characters that its column cannot be compared with used to put the database out of use for everybody for two seconds. */
    @Test
    void oddCharactersInAnIdAreNobodysOutage() throws Exception {
        for (String path : List.of("/api/v1/webhooks/%F0%9F%98%80", "/api/v1/posters/%F0%9F%98%80")) {
            assertThat(edge.get(USER, path).statusCode()).as(path).isIn(400, 404);
            assertThat(edge.bean(Database.class).healthy()).as(path).isTrue();
        }
    }

    @Test
    void aTaskRefersOnlyToFilesThatItsCallerMayRead() throws Exception {
        JsonNode upload = json(edge.send(edge.with(user, "/api/v1/storage/upload")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(PicturesIT.png()))))
                .path("data");
        String own = "{\"type\":\"white_background\",\"image\":\""
                + upload.path("artifact").asString() + "\"}";

        assertThat(edge.post(USER, "/api/v1/tasks", own).statusCode()).isEqualTo(202);
        HttpResponse<String> foreign = edge.post("bob", "/api/v1/tasks", own);
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(Json.MAPPER.readTree(foreign.body()).at("/errors/0/field").asString())
                .isEqualTo("image");
        String nested = "{\"type\":\"tag\",\"images\":[\"sha256:" + "0".repeat(64) + "\"]}";
        assertThat(edge.post(USER, "/api/v1/tasks", nested).body()).contains("\"images[0]\"");
    }

    @Test
    void keyOfATaskThatOnlyTheTablesKnowGivesThatTaskAndSendsNothing() throws Exception {
        String id = json(edge.send(keyed("long-ago"))).at("/data/id").asString();
        insertTask(id, "completed", 3);
        log.write(log.records.answer(id, USER, LiveView.submitCommandId(id), false));
        assertThat(edge.bean(Hub.class).find(id)).isEmpty();
        int sent = commands.written.size();

        HttpResponse<String> again = edge.send(keyed("long-ago"));

        assertThat(json(again).at("/data/id").asString()).isEqualTo(id);
        assertThat(json(again).at("/data/status").asString()).isEqualTo("completed");
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(commands.written).hasSize(sent);
        assertThat(edge.bean(Hub.class).find(id)).isEmpty();
    }

    /** The first send may have failed: the key was remembered before. */
    @Test
    void keyOfATaskThatNobodyKnowsSendsItAgain() throws Exception {
        String id = json(edge.send(keyed("lost"))).at("/data/id").asString();
        log.write(log.records.answer(id, USER, LiveView.submitCommandId(id), false));

        HttpResponse<String> again = edge.send(keyed("lost"));

        assertThat(json(again).at("/data/id").asString()).isEqualTo(id);
        assertThat(last().getTaskId()).isEqualTo(id);
        assertThat(edge.bean(Hub.class).find(id)).isPresent();
    }

    private static HttpRequest.Builder keyed(String key) {
        return edge.with(user, "/api/v1/tasks")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"p\"}"));
    }

    @Test
    void snapshotOfAnEndedTaskGoesWithItsRecovery() throws Exception {
        String id = submit();
        log.write(log.records.step(id, USER, 1, 1, "queued", "init"));
        log.write(log.records.step(id, USER, 1, 2, "processing", "p2"));
        log.write(log.records.step(id, USER, 1, 3, "failed", "p2"));
        HttpResponse<String> behind = edge.post(USER, "/api/v1/tasks/" + id + "/recover", "");
        assertThat(behind.statusCode()).isEqualTo(503);
        assertThat(behind.headers().firstValue("Retry-After")).isPresent();

        insertTask(id, "failed", 3);
        assertThat(edge.post(USER, "/api/v1/tasks/" + id + "/recover", "").statusCode())
                .isEqualTo(200);
        assertThat(last().getSnapshot().getVersion()).isEqualTo(3);
        assertThat(last().getSnapshot().getResults(0).getInputHash().size()).isEqualTo(2);
        assertThat(last().getSnapshot().getResults(0).getOutput().toStringUtf8())
                .isEqualTo("{\"a\":1}");

        HttpResponse<String> derived =
                edge.post(USER, "/api/v1/tasks/" + id + "/derivative", "{\"modifications\":{\"style\":\"cartoon\"}}");
        assertThat(derived.statusCode()).isEqualTo(202);
        assertThat(json(derived).at("/data/reused_phases/0").asString()).isEqualTo("p2");
        assertThat(json(derived).at("/data/parent_task_id").asString()).isEqualTo(id);
        assertThat(last().getSubmit().getReusableCount()).isEqualTo(1);
        assertThat(last().getSubmit().getInputParams().toStringUtf8()).contains("cartoon", "\"old\"");

        JsonNode cleaned =
                json(edge.post(USER, "/api/v1/tasks/cleanup", "{\"status\":\"failed\",\"older_than\":\"1s\"}"));
        assertThat(cleaned.at("/data/deleted").asInt()).isEqualTo(1);
        assertThat(last().getBodyCase()).isEqualTo(TaskCommand.BodyCase.DELETE);
        // Without it the orchestrator would look for version 0 of the workflow and refuse.
        assertThat(last().getSnapshot().getWorkflowVersion()).isEqualTo(1);
    }

    private static void insertTask(String id, String status, long version) {
        LocalDateTime then = LocalDateTime.of(2024, 1, 1, 0, 0);
        edge.bean(Database.class)
                .call(sql -> sql.sql("INSERT INTO tasks (id, user_id, type, status, phase, version, attempt, step,"
                                + " input_params, phase_results, created_at, completed_at, updated_at) VALUES (?,"
                                + " ?, 'poster', ?, 'p2', ?, 1, 3, ?, ?, ?, ?, ?)")
                        .params(id, USER, status, version, "{\"prompt\":\"old\"}")
                        .params(
                                "[{\"phase\":\"p2\",\"round\":0,\"input_hash\":\"0aff\",\"output\":{\"a\":1},\"facts\":{}}]")
                        .params(then, then, then)
                        .update())
                .block();
    }

    @Test
    void workerMakesTheCallsOfTheDocument() throws Exception {
        String id = submit();
        JsonNode key = json(edge.send(edge.with(admin, "/api/v1/auth/keys")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"user_id\":\"robot\",\"role\":\"service\"}"))))
                .path("data");
        String worker = key.path("key").asString();
        String task = "/api/v1/tasks/" + id;
        assertThat(json(edge.send(edge.with(worker, task)))
                        .at("/data/input_params/prompt")
                        .asString())
                .isEqualTo("p");
        HttpResponse<String> progress = edge.put(
                worker,
                task + "/progress",
                "{\"phase\":\"fetching_task\",\"percentage\":0,\"message\":\"获取\",\"details\":{}}");
        assertThat(json(progress).path("code").asInt(-1)).isZero();
        assertThat(last().getReport().getPhase()).isEqualTo("fetching_task");

        String multipart = "--b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"poster_source.psd\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n" + PSD + "\r\n--b0--\r\n";
        JsonNode upload = json(edge.send(edge.with(worker, "/api/v1/storage/upload")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(multipart))))
                .path("data");
        assertThat(upload.path("media_type").asString()).isEqualTo("image/vnd.adobe.photoshop");
        assertThat(edge.send(edge.request(upload.path("url").asString())).body())
                .isEqualTo(PSD);

        JsonNode poster = json(edge.send(edge.with(worker, "/api/v1/posters")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"task_id\":\"" + id
                                + "\",\"width\":10,\"height\":20,\"background\":\"#fff\",\"preview_url\":\""
                                + upload.path("url").asString()
                                + "\",\"source_url\":\"\",\"metadata\":{\"style\":\"x\"}}"))))
                .path("data");
        assertThat(poster.path("user_id").asString()).isEqualTo(USER);
        JsonNode elements = json(edge.send(
                        edge.with(worker, "/api/v1/elements/batch")
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"elements\":[{\"layer_id\":\"l1\",\"type\":\"text\",\"transform\":{},\"style\":{},\"content\":{\"text\":\"t\"}}]}"))))
                .path("data");
        assertThat(elements.size()).isEqualTo(1);
        String posterId = poster.path("id").asString();
        HttpResponse<String> complete = edge.send(edge.with(worker, task + "/complete")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"poster_id\":\"" + posterId + "\",\"preview\":\"x\",\"layers\":[\"l1\"]}")));
        assertThat(complete.statusCode()).as(complete.body()).isEqualTo(200);
        assertThat(last().getFinish().getOutput().toStringUtf8()).contains(posterId);
        JsonNode full =
                json(edge.get(USER, "/api/v1/posters/" + posterId + "/full")).path("data");
        assertThat(full.at("/elements/l1/0/content/text").asString()).isEqualTo("t");
        assertThat(edge.get(USER, "/posters/" + posterId + "/preview").statusCode())
                .isEqualTo(302);

        String failed = "{\"phase\":\"failed\",\"percentage\":-1,\"message\":\"生成失败\",\"details\":{\"error\":\"e\"}}";
        assertThat(edge.put(worker, task + "/progress", failed).statusCode()).isEqualTo(200);
        assertThat(last().getReport().getPercentage()).isEqualTo(-1);
        assertThat(edge.send(edge.with(worker, task + "/cancel").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void coversAreTriggeredOnceAndReplacedByUploads() throws Exception {
        String roadmap = submit();
        String body = "{\"roadmap_ids\":[\"" + roadmap + "\"]}";
        JsonNode first = json(edge.post(USER, "/api/v1/cover-images/batch-generate", body))
                .path("data");
        JsonNode second = json(edge.post(USER, "/api/v1/cover-images/batch-generate", body))
                .path("data");
        assertThat(first.path("triggered").asInt()).isEqualTo(1);
        assertThat(second.path("triggered").asInt()).isZero();
        assertThat(second.path("skipped").asInt()).isEqualTo(1);
        assertThat(json(edge.get(USER, "/api/v1/cover-images/batch-get?roadmap_ids=" + roadmap))
                        .at("/data/cover_images/0/status")
                        .asString())
                .isEqualTo("generating");
        HttpResponse<String> uploaded = edge.send(edge.with(user, "/api/v1/roadmaps/" + roadmap + "/cover-image")
                .header("Content-Type", "image/gif")
                .PUT(HttpRequest.BodyPublishers.ofString("GIF89a and so on")));
        assertThat(json(uploaded).at("/data/status").asString()).isEqualTo("uploaded");
        assertThat(json(edge.get(USER, "/api/v1/roadmaps/" + roadmap + "/cover-image"))
                        .at("/data/url")
                        .asString())
                .contains("&sig=");
        assertThat(edge.bean(Hub.class).tasksOf(USER)).isNotEmpty();
    }

    @Test
    void aStrangersCoverIsNotTheRoadmaps() throws Exception {
        String roadmap = submit();
        edge.bean(Database.class)
                .call(sql -> sql.sql("INSERT INTO cover_images (roadmap_id, user_id, task_id, status, url, attempt,"
                                + " updated_at, position) VALUES (?, ?, 'task_x', ?, ?, 1, ?, 'task_x/1')")
                        .params(roadmap, "mallory", "success", "https://mallory.example/x.png")
                        .params(LocalDateTime.of(2024, 1, 1, 0, 0))
                        .update())
                .block();

        JsonNode cover = json(edge.get(USER, "/api/v1/roadmaps/" + roadmap + "/cover-image"));

        assertThat(cover.at("/data/status").asString()).isEqualTo("none");
        assertThat(cover.toString()).doesNotContain("mallory");
    }

    @Test
    void listShowsTitleAndPreviewOfRows() throws Exception {
        String id = submit();
        LocalDateTime then = LocalDateTime.of(2024, 1, 1, 0, 0);
        edge.bean(Database.class)
                .call(sql -> sql.sql("INSERT INTO tasks (id, user_id, type, status, phase, version, attempt, step,"
                                + " input_params, result, phase_results, created_at, completed_at, updated_at)"
                                + " VALUES (?, 'lena', 'poster', 'completed', 'completed', 9, 1, 9, ?, ?, '[]', ?,"
                                + " ?, ?)")
                        .params(id.substring(0, id.length() - 4) + "0000")
                        .params(
                                "{\"goal\":\"" + "学".repeat(300) + "\"}",
                                "{\"preview\":\"sha256:" + "ab".repeat(32) + "\",\"layers\":[]}")
                        .params(then, then, then)
                        .update())
                .block();

        JsonNode row = json(edge.get("lena", "/api/v1/tasks")).at("/data/tasks/0");

        assertThat(row.path("title").asString()).isEqualTo("学".repeat(200));
        assertThat(row.path("preview").asString()).startsWith("/api/v1/artifacts/" + "ab".repeat(32) + "?exp=");
    }

    @Test
    void minutesNameNoTenant() throws Exception {
        edge.bean(Database.class)
                .call(sql -> sql.sql(
                                "INSERT INTO task_metrics_minute (id, minute_at, type, submitted, started, completed,"
                                        + " partial_failure, failed, cancelled, recovered, queue_p50_ms, queue_p90_ms,"
                                        + " queue_p99_ms, failures, inference_ms, batches, events) VALUES ('m', ?, 'poster', 3, 3,"
                                        + " 2, 0, 1, 0, 0, 10, 20, 30, ?, ?, ?, 9)")
                        .params(LocalDateTime.now(java.time.ZoneOffset.UTC).minusMinutes(5))
                        .params("{\"TIMEOUT\":1}", "{\"p2\":{\"ann\":140,\"bob\":36}}", "{\"p2\":{\"4\":8}}")
                        .update())
                .block();

        HttpResponse<String> answer = edge.get(USER, "/api/v1/metrics/minutes?minutes=10");

        JsonNode minute = json(answer).at("/data/minutes/0");
        assertThat(minute.at("/completed").asInt()).isEqualTo(2);
        assertThat(minute.at("/queue_ms/p90").asInt()).isEqualTo(20);
        assertThat(minute.has("run_ms")).isFalse();
        assertThat(minute.at("/failures/TIMEOUT").asInt()).isEqualTo(1);
        assertThat(minute.at("/inference_ms/p2").asInt()).isEqualTo(176);
        assertThat(minute.at("/batches/p2/4").asInt()).isEqualTo(8);
        assertThat(answer.body()).doesNotContain("ann").doesNotContain("bob");
        assertThat(json(edge.get(USER, "/api/v1/metrics/minutes?minutes=1")).at("/data/minutes"))
                .isEmpty();
    }
}
