package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.Maria;
import io.millrace.edge.live.Records;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.Step;
import io.millrace.schemas.v1.TaskCommand;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Posters, layers and elements over a real MariaDB. */
class DesignIT {
    private static final String USER = "alice";

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static Borders.Commands commands;
    private static Borders.Log log;
    private static String user;

    @BeforeAll
    static void start() throws Exception {
        Maria.shared().createDatabase("edge_design");
        edge = new RunningEdge(artifacts, "--test.database=edge_design");
        commands = edge.bean(Borders.Commands.class);
        log = edge.bean(Borders.Log.class);
        user = Tokens.of(USER, "user");
        Database database = edge.bean(Database.class);
        await().atMost(Duration.ofMinutes(5)).until(database::healthy);
        commands.orchestrator =
                command -> log.write(log.records.record(Records.base(command.getTaskId(), command.getUserId(), 0)
                        .setAnswer(CommandAnswer.newBuilder()
                                .setCommandId(command.getCommandId())
                                .setAccepted(true)
                                .setStatus("queued"))));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static HttpResponse<String> send(
            String token, String method, String path, String body, @Nullable String match) throws Exception {
        HttpRequest.Builder request = edge.with(token, "/api/v1" + path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (match != null) {
            request.header("If-Match", match);
        }
        return edge.send(request);
    }

    private static JsonNode made(String path, String body) throws Exception {
        HttpResponse<String> answer = send(user, "POST", path, body, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(answer.headers().firstValue("Location")).isPresent();
        return json(answer).path("data");
    }

    private static String poster() throws Exception {
        return made("/posters", "{\"width\":400,\"height\":600,\"title\":\"Open day\",\"background\":\"#1890ff\"}")
                .path("id")
                .asString();
    }

    private static String layer(String poster) throws Exception {
        return made("/layers", "{\"poster_id\":\"" + poster + "\",\"name\":\"words\",\"order\":3}")
                .path("id")
                .asString();
    }

    private static JsonNode element(String layer) throws Exception {
        return made("/elements", """
            {"layer_id": "%s", "type": "text", "transform": {"x": 10, "y": 20, "width": 200, "height": 40},
             "style": {"opacity": 0.5, "fill": {"type": "solid", "color": "#ffffff"}, "text_style": {"font_size": 32}},
             "content": {"text": "hello"}}\
            """.formatted(layer));
    }

    private static JsonNode errors(HttpResponse<String> answer) {
        return json(answer).path("errors");
    }

    @Test
    void aPosterIsMadeReadChangedAndDeletedWithWhatItHolds() throws Exception {
        String poster = poster();
        String layer = layer(poster);
        String element = element(layer).path("id").asString();

        JsonNode full =
                json(edge.get(USER, "/api/v1/posters/" + poster + "/full")).path("data");
        assertThat(full.at("/layers/0/id").asString()).isEqualTo(layer);
        assertThat(full.at("/elements/" + layer + "/0/id").asString()).isEqualTo(element);
        HttpResponse<String> read = edge.get(USER, "/api/v1/elements/" + element);
        assertThat(read.headers().firstValue("ETag")).contains("\"1\"");

        HttpResponse<String> patched = send(
                user,
                "PATCH",
                "/elements/" + element,
                "{\"content\":{\"text\":\"bye\"},\"transform\":{\"x\":99}}",
                "\"1\"");
        assertThat(patched.headers().firstValue("ETag")).contains("\"2\"");
        JsonNode now = json(patched).path("data");
        assertThat(now.at("/transform/x").asInt()).isEqualTo(99);
        assertThat(now.at("/transform/y").asInt()).isEqualTo(20);
        assertThat(now.at("/style/opacity").asDouble()).isEqualTo(0.5);
        // What was read can be sent back whole.
        assertThat(send(user, "PUT", "/elements/" + element, now.toString(), "\"2\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(json(send(user, "PUT", "/layers/" + layer, "{\"visible\":false,\"order\":7}", "\"1\""))
                        .at("/data/visible")
                        .asBoolean(true))
                .isFalse();
        assertThat(json(edge.get(USER, "/api/v1/posters/" + poster + "/full"))
                        .at("/data/layers/0/order")
                        .asInt())
                .isEqualTo(7);

        assertThat(send(user, "DELETE", "/posters/" + poster, "", "\"1\"").statusCode())
                .isEqualTo(200);
        for (String gone : List.of(
                "/posters/" + poster, "/posters/" + poster + "/full", "/layers/" + layer, "/elements/" + element)) {
            assertThat(edge.get(USER, "/api/v1" + gone).statusCode()).as(gone).isEqualTo(404);
        }
    }

    @Test
    void noEditIsLost() throws Exception {
        String element = element(layer(poster())).path("id").asString();
        String path = "/elements/" + element;
        assertThat(send(user, "PATCH", path, "{\"locked\":true}", null).statusCode())
                .isEqualTo(428);
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String body = "{\"transform\":{\"x\":" + i + "}}";
                writers.add(() -> send(user, "PATCH", path, body, "\"1\"").statusCode());
            }
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : many.invokeAll(writers)) {
                answers.add(answer.get());
            }
            assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
            assertThat(answers).filteredOn(status -> status == 412).hasSize(7);
        } finally {
            many.shutdownNow();
        }
        assertThat(json(edge.get(USER, "/api/v1" + path)).at("/data/version").asInt())
                .isEqualTo(2);
        assertThat(send(user, "PATCH", path, "{\"locked\":true}", "*").statusCode())
                .isEqualTo(200);
    }

    @Test
    void everyWrongFieldIsNamed() throws Exception {
        String layer = layer(poster());
        HttpResponse<String> refused = send(user, "POST", "/elements", """
            {"layer_id": "%s", "type": "video", "colour": "red", "transform": {"x": "left", "turn": 3},
             "style": {"opacity": 2, "blend_mode": "hue", "fill": {"type": "solid", "color": "blue", "pattern": {"type": "plaid", "size": 1}},
                       "filters": [{"type": "blur", "value": 1e9}], "text_style": {"font_size": 0}},
             "content": {"shape_path": "<svg>", "image_url": "ftp://x", "children": [""]}}\
            """.formatted(layer), null);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(errors(refused)
                        .valueStream()
                        .map(error -> error.path("field").asString()))
                .contains(
                        "type",
                        "colour",
                        "transform.x",
                        "transform.turn",
                        "style.opacity",
                        "style.blend_mode",
                        "style.fill.color",
                        "style.fill.pattern.type",
                        "style.fill.pattern.size",
                        "style.filters[0].value",
                        "style.text_style.font_size",
                        "content.shape_path",
                        "content.image_url",
                        "content.children[0]");
        String id = element(layer).path("id").asString();
        HttpResponse<String> fixed = send(user, "PATCH", "/elements/" + id, "{\"user_id\":\"bob\",\"x\":1}", "*");
        assertThat(errors(fixed)
                        .valueStream()
                        .map(error -> error.path("message").asString()))
                .containsExactly("cannot be changed", "is not a known field");
        assertThat(send(user, "PATCH", "/elements/" + id, "{\"layer_id\":\"nowhere\"}", "*")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(user, "POST", "/posters", "{\"width\":0,\"height\":600}", null)
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(user, "POST", "/layers", "{\"type\":\"top\",\"id\":\"a b\"}", null)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void strangersSeeAndChangeNothing() throws Exception {
        String poster = poster();
        String layer = layer(poster);
        String element = element(layer).path("id").asString();
        String stranger = Tokens.of("mallory", "user");
        for (String path : List.of("/posters/" + poster, "/elements/" + element)) {
            assertThat(send(stranger, "GET", path, "", null).statusCode()).isEqualTo(403);
            assertThat(send(stranger, "PATCH", path, "{\"title\":\"x\"}", "*").statusCode())
                    .isEqualTo(403);
            assertThat(send(stranger, "DELETE", path, "", "*").statusCode()).isEqualTo(403);
        }
        assertThat(send(stranger, "GET", "/posters/" + poster + "/full", "", null)
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(stranger, "POST", "/posters/" + poster + "/render", "", null)
                        .statusCode())
                .isEqualTo(403);
        // The same id of another user's is another layer.
        assertThat(send(stranger, "GET", "/layers/" + layer, "", null).statusCode())
                .isEqualTo(404);
        assertThat(send(stranger, "PATCH", "/layers/" + layer, "{\"visible\":false}", "*")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(stranger, "POST", "/layers", "{\"id\":\"" + layer + "\"}", null)
                        .statusCode())
                .isEqualTo(201);
        assertThat(json(send(stranger, "GET", "/posters", "", null)).at("/data/posters"))
                .isEmpty();
        // A text that reads like a reference would be answered with a link to what it names.
        String anothers = new ArtifactRef("ab".repeat(32)).toString();
        String own = layer(poster());
        HttpResponse<String> quoted = send(user, "POST", "/elements", """
            {"layer_id": "%s", "type": "text", "content": {"text": "%s"}}\
            """.formatted(own, anothers), null);
        assertThat(quoted.statusCode()).isEqualTo(403);
        assertThat(quoted.body()).contains("content.text");
        assertThat(send(user, "PATCH", "/layers/" + own, "{\"name\":\"" + anothers + "\"}", "*")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(stranger, "GET", "/posters?user_id=alice", "", null).statusCode())
                .isEqualTo(403);
        assertThat(send(Tokens.of("robot", "service"), "DELETE", "/posters/" + poster, "", null)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void listsGoPageByPageWhileRowsAreAdded() throws Exception {
        String layer = layer(poster());
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(element(layer).path("id").asString());
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json(edge.get(USER, "/api/v1/elements?limit=2&layer_id=" + layer + cursor))
                    .path("data");
            page.path("elements").forEach(one -> seen.add(one.path("id").asString()));
            element(layer);
            cursor = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asString();
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(edge.get(USER, "/api/v1/elements?layr=x").statusCode()).isEqualTo(400);
        assertThat(json(edge.get(USER, "/api/v1/posters?q=OPEN%20d&limit=1")).at("/data/posters"))
                .hasSize(1);
        assertThat(json(edge.get(USER, "/api/v1/posters?created_before=2020-01-01T00:00:00Z"))
                        .at("/data/posters"))
                .isEmpty();
    }

    @Test
    void renderSubmitsTheSceneAndThePosterTakesItsPicture() throws Exception {
        String poster = poster();
        String layer = layer(poster);
        element(layer);
        HttpResponse<String> accepted = send(user, "POST", "/posters/" + poster + "/render", "", null);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        TaskCommand written = commands.written.get(commands.written.size() - 1);
        assertThat(written.getSubmit().getType()).isEqualTo("poster_render");
        JsonNode params = Json.lenient(written.getSubmit().getInputParams());
        byte[] scene = edge.bean(ArtifactStore.class)
                .read(ArtifactRef.parse(params.path("scene").asString()));
        assertThat(Json.MAPPER
                        .readTree(scene)
                        .at("/layers/0/elements/0/content/text")
                        .asString())
                .isEqualTo("hello");
        String id = written.getTaskId();
        assertThat(json(edge.get(USER, "/api/v1/posters/" + poster))
                        .at("/data/render/task_id")
                        .asString())
                .isEqualTo(id);

        String picture = "sha256:" + "c".repeat(64);
        log.write(log.records.step(id, USER, 1, 1, "queued", "init"));
        log.write(log.records.record(Records.base(id, USER, 2)
                .setEpoch(1)
                .setStepTaken(Step.newBuilder()
                        .setStatus("completed")
                        .setPhase("completed")
                        .setType("poster_render")
                        .setVersion(2)
                        .setResult(com.google.protobuf.ByteString.copyFromUtf8(
                                "{\"poster_id\":\"" + poster + "\",\"preview\":\"" + picture + "\"}")))));
        assertThat(json(edge.get(USER, "/api/v1/posters/" + poster))
                        .at("/data/preview_url")
                        .asString())
                .contains("c".repeat(64))
                .contains("&sig=");
        assertThat(edge.get(USER, "/api/v1/posters/" + poster + "/preview").statusCode())
                .isEqualTo(302);
    }
}
