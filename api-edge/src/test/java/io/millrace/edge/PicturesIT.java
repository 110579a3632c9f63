package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.Maria;
import io.millrace.schemas.v1.TaskCommand;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;

/** Uploads and addresses as parameters of tasks, and the lists, over a real MariaDB. Only 127.0.0.2 may be fetched from. */
class PicturesIT {
    private static final String USER = "alice";

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static Borders.Commands commands;
    private static DisposableServer elsewhere;

    @BeforeAll
    static void start() throws Exception {
        Maria.shared().createDatabase("edge_pictures");
        edge = new RunningEdge(artifacts, "--test.database=edge_pictures", "--millrace.outbound-allow=127.0.0.2");
        commands = edge.bean(Borders.Commands.class);
        elsewhere = HttpServer.create()
                .bindAddress(() -> new InetSocketAddress("0.0.0.0", 0))
                .route(routes -> routes.get(
                                "/logo.png", (request, response) -> response.sendByteArray(Mono.just(png())))
                        .get("/page", (request, response) -> response.sendString(Mono.just("<html>")))
                        .get(
                                "/endless",
                                (request, response) -> response.sendByteArray(Flux.just(png())
                                        .concatWith(Flux.just(new byte[1 << 20]).repeat(20))))
                        .get(
                                "/inside",
                                (request, response) ->
                                        response.sendRedirect("http://127.0.0.1:" + elsewhere.port() + "/logo.png"))
                        .get("/round", (request, response) -> response.sendRedirect("/round")))
                .bindNow();
        Database database = edge.bean(Database.class);
        await().atMost(Duration.ofMinutes(5)).until(database::healthy);
    }

    @AfterAll
    static void stop() {
        elsewhere.disposeNow();
        edge.close();
    }

    static byte[] png() {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String at(String host, String path) {
        return "http://" + host + ":" + elsewhere.port() + path;
    }

    private static JsonNode upload(String user, byte[] bytes) throws Exception {
        HttpResponse<String> answer = edge.send(edge.as(user, "/api/v1/storage/upload")
                .header("Content-Type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("data");
    }

    private static HttpResponse<String> submit(String user, String field, String value) throws Exception {
        return edge.post(user, "/api/v1/tasks", "{\"prompt\":\"p\",\"" + field + "\":" + value + "}");
    }

    private static TaskCommand last() {
        return commands.written.get(commands.written.size() - 1);
    }

    private static String field(HttpResponse<String> answer) {
        return json(answer).at("/errors/0/field").asString("");
    }

    @Test
    void anUploadMayBeUsedByWhoBroughtItAndByWhoHoldsItsLink() throws Exception {
        JsonNode upload = upload(USER, png());
        String artifact = upload.path("artifact").asString();
        String url = upload.path("url").asString();
        for (String named : new String[] {artifact, url}) {
            assertThat(submit(USER, "logo", "\"" + named + "\"").statusCode()).isEqualTo(202);
            assertThat(last().getSubmit().getInputParams().toStringUtf8()).contains("\"logo\":\"" + artifact + "\"");
        }
        String element = "[{\"type\":\"image\",\"content\":\"" + artifact + "\"}]";
        assertThat(submit(USER, "elements", element).statusCode()).isEqualTo(202);

        HttpResponse<String> stranger = submit("mallory", "reference", "[\"" + artifact + "\"]");
        assertThat(stranger.statusCode()).isEqualTo(403);
        assertThat(field(stranger)).isEqualTo("reference[0]");
        HttpResponse<String> campaign = edge.post(
                "mallory",
                "/api/v1/campaigns",
                "{\"name\":\"c\",\"tasks\":[{\"prompt\":\"a\"},{\"prompt\":\"b\",\"logo\":\"" + artifact + "\"}]}");
        assertThat(campaign.statusCode()).isEqualTo(400);
        assertThat(field(campaign)).isEqualTo("tasks[1].logo");
        // Of a link that works one may make use whoever made it.
        assertThat(submit("mallory", "logo", "\"" + url + "\"").statusCode()).isEqualTo(202);
        assertThat(submit(USER, "logo", "\"" + url.replaceAll("sig=..", "sig=xx") + "\"")
                        .statusCode())
                .isEqualTo(400);
        String pdf = upload(USER, "%PDF-1.7 text".getBytes(StandardCharsets.US_ASCII))
                .path("artifact")
                .asString();
        assertThat(submit(USER, "logo", "\"" + pdf + "\"").statusCode()).isEqualTo(400);
    }

    @Test
    void aPictureElsewhereIsFetchedOnceAndKept() throws Exception {
        assertThat(submit("carol", "logo", "\"" + at("127.0.0.2", "/logo.png") + "\"")
                        .statusCode())
                .isEqualTo(202);
        assertThat(last().getSubmit().getInputParams().toStringUtf8())
                .containsPattern("\"logo\":\"sha256:[0-9a-f]{64}\"");
        JsonNode uploads =
                json(edge.get("carol", "/api/v1/uploads?media_type=image/png")).path("data");
        assertThat(uploads.path("uploads")).hasSize(1);
        assertThat(uploads.at("/uploads/0/file_name").asString()).isEqualTo("logo.png");
        assertThat(edge.send(edge.request(uploads.at("/uploads/0/url").asString()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsInsideOrNoPictureIsNotFetched() throws Exception {
        int before = commands.written.size();
        for (Map.Entry<String, String> bad : Map.of(
                        at("127.0.0.1", "/logo.png"),
                        "this machine",
                        at("localhost", "/logo.png"),
                        "this machine",
                        at("127.0.0.2", "/inside"),
                        "this machine",
                        at("[::1]", "/logo.png"),
                        "this machine",
                        at("127.0.0.2", "/round"),
                        "more than 3 times",
                        at("127.0.0.2", "/page"),
                        "none that is taken in",
                        at("127.0.0.2", "/none"),
                        "HTTP 404",
                        at("127.0.0.2", "/endless"),
                        "too large",
                        "http://user:word@127.0.0.2/logo.png",
                        "without user and password")
                .entrySet()) {
            HttpResponse<String> answer = submit(USER, "logo", "\"" + bad.getKey() + "\"");
            assertThat(answer.statusCode())
                    .as(bad.getKey() + " " + answer.body())
                    .isEqualTo(400);
            assertThat(field(answer)).isEqualTo("logo");
            assertThat(answer.body()).as(bad.getKey()).contains(bad.getValue());
        }
        assertThat(commands.written).hasSize(before);
    }

    @Test
    void tasksAreFoundByWhatTheyAre() throws Exception {
        HttpResponse<String> made =
                edge.post("dora", "/api/v1/tasks", "{\"prompt\":\"A Spring sale\",\"project_id\":\"shop\"}");
        String id = json(made).at("/data/id").asString();
        edge.post("dora", "/api/v1/tasks", "{\"prompt\":\"winter\"}");
        for (String query :
                new String[] {"q=spring", "project_id=shop", "q=SALE&type=poster_generation&status=pending"}) {
            JsonNode tasks = json(edge.get("dora", "/api/v1/tasks?" + query)).at("/data/tasks");
            assertThat(tasks).as(query).hasSize(1);
            assertThat(tasks.at("/0/id").asString()).isEqualTo(id);
        }
        assertThat(json(edge.get("dora", "/api/v1/tasks?created_before=2020-01-01T00:00:00Z"))
                        .at("/data/tasks"))
                .isEmpty();
        assertThat(json(edge.get("dora", "/api/v1/tasks?parent_task_id=" + id)).at("/data/tasks"))
                .isEmpty();
        HttpResponse<String> unknown = edge.get("dora", "/api/v1/tasks?state=pending");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("created_after", "parent_task_id");
        assertThat(edge.get("dora", "/api/v1/campaigns?sort=up").statusCode()).isEqualTo(400);
    }

    @Test
    void rowsAreFoundByTheTextsInThem() throws Exception {
        Database database = edge.bean(Database.class);
        for (int i = 1; i <= 3; i++) {
            String id = "task_018f0000-0000-7000-8000-00000000000" + i;
            String prompt = i == 2 ? "100% off_sale" : "nothing " + i;
            database.call(sql -> sql.sql("INSERT INTO tasks (id, user_id, type, status, phase, version, input_params,"
                                    + " parent_task_id, created_at, updated_at) VALUES (?, 'erin', 'poster', 'completed', 'completed', 1,"
                                    + " ?, ?, '2026-01-01 00:00:00', '2026-01-01 00:00:00')")
                            .params(id, "{\"prompt\":\"" + prompt + "\"}", "task_parent")
                            .update())
                    .block();
        }
        assertThat(json(edge.get("erin", "/api/v1/tasks?q=100%25%20OFF_")).at("/data/tasks"))
                .hasSize(1);
        assertThat(json(edge.get("erin", "/api/v1/tasks?parent_task_id=task_parent&limit=2"))
                        .at("/data/tasks"))
                .hasSize(2);
        assertThat(json(edge.get(
                                "erin",
                                "/api/v1/tasks?created_after=2026-01-01T00:00:00Z&created_before=2026-01-02T00:00:00Z"))
                        .at("/data/tasks"))
                .hasSize(3);
    }

    @Test
    void whatNestsTooDeepIsRefusedAndTheDatabaseGoesOnAnswering() throws Exception {
        String token = Tokens.of("fay", "user");
        for (int depth : new int[] {19, 40}) {
            String params = "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
            HttpResponse<String> answer =
                    edge.put(token, "/api/v1/presets/deep", "{\"type\":\"course\",\"input_params\":" + params + "}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains(depth > 20 ? "nested too deep" : "no type of task");
        }
        HttpResponse<String> render =
                edge.put(token, "/api/v1/presets/deep", "{\"type\":\"poster_render\",\"input_params\":{}}");
        assertThat(render.statusCode()).isEqualTo(400);
        assertThat(edge.get("fay", "/api/v1/presets?limit=2").statusCode()).isEqualTo(200);
    }

    @Test
    void presetsAreListedAndRemoved() throws Exception {
        String token = Tokens.of("fay", "user");
        for (String id : new String[] {"a", "b", "c"}) {
            edge.put(token, "/api/v1/presets/" + id, "{\"name\":\"Preset " + id + "\",\"input_params\":{}}");
        }
        JsonNode first = json(edge.get("fay", "/api/v1/presets?limit=2")).path("data");
        assertThat(first.path("presets")).hasSize(2);
        assertThat(first.path("next_cursor").asString()).isEqualTo("b");
        assertThat(json(edge.get("fay", "/api/v1/presets?cursor=b"))
                        .at("/data/presets/0/id")
                        .asString())
                .isEqualTo("c");
        assertThat(json(edge.get("fay", "/api/v1/presets?q=preset%20a")).at("/data/presets"))
                .hasSize(1);
        assertThat(delete(token, "a", "\"7\"")).isEqualTo(412);
        assertThat(delete(token, "a", "\"1\"")).isEqualTo(200);
        assertThat(delete(token, "a", "*")).isEqualTo(404);
        assertThat(edge.get("fay", "/api/v1/presets/a").statusCode()).isEqualTo(404);
        assertThat(edge.get("fay", "/api/v1/presets?type=nothing").statusCode()).isEqualTo(400);
    }

    private static int delete(String token, String id, String match) throws Exception {
        return edge.send(edge.with(token, "/api/v1/presets/" + id)
                        .header("If-Match", match)
                        .DELETE())
                .statusCode();
    }
}
