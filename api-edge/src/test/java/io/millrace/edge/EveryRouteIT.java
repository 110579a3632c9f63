package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.Maria;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Walks every route of the running edge, taken from its own mappings, as nobody, as a stranger, and with tokens that may do less. A route
 * that is new is walked too; it must be closed without anybody having thought of it here.
 */
class EveryRouteIT {
    /** What anybody may ask for: pages and documents that hold nothing of anybody, and the one call that brings its token in the body. */
    private static final Set<String> OPEN = Set.of(
            "GET /openapi.json",
            "GET /openapi.yaml",
            "GET /asyncapi.json",
            "GET /asyncapi.yaml",
            "GET /docs",
            "GET /docs/{file}",
            "GET /guide",
            "GET /guide/{name}",
            "GET /",
            "GET /favicon.ico",
            "GET /console/{*name}",
            "POST /api/v1/auth/tokens/renew");

    private static final String OWNER = "alice";
    private static final String SECRET_WORDS = "a poster only alice knows of";

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static String task;
    private static Map<String, String> ids;
    private static List<String> marks;

    @BeforeAll
    static void start() throws Exception {
        Maria.shared().createDatabase("edge_routes");
        edge = new RunningEdge(artifacts, "--test.database=edge_routes", "--millrace.outbound-allow=127.0.0.0/8");
        await().atMost(Duration.ofMinutes(5)).until(edge.bean(Database.class)::healthy);
        String body = "{\"prompt\":\"" + SECRET_WORDS + "\"}";
        task = id(edge.post(OWNER, "/api/v1/tasks", body));
        String campaign = id(edge.post(OWNER, "/api/v1/campaigns", "{\"name\":\"n\",\"tasks\":[" + body + "]}"));
        String hook = id(edge.post(OWNER, "/api/v1/webhooks", "{\"url\":\"http://127.0.0.1:9/x\"}"));
        edge.put(
                Tokens.of(OWNER, "user"),
                "/api/v1/presets/shop",
                "{\"input_params\":{\"prompt\":\"" + SECRET_WORDS + "\"}}");
        String poster = id(edge.send(edge.with(Tokens.of("robot", "service"), "/api/v1/posters")
                .POST(HttpRequest.BodyPublishers.ofString("{\"task_id\":\"" + task
                        + "\",\"width\":10,\"height\":10,\"title\":\"" + SECRET_WORDS + "\"}"))));
        JsonNode upload = json(edge.send(edge.as(OWNER, "/api/v1/storage/upload")
                        .POST(HttpRequest.BodyPublishers.ofString("GIF89a of alice"))))
                .path("data");
        ids = Map.of(
                "tasks", task,
                "campaigns", campaign,
                "webhooks", hook,
                "presets", "shop",
                "posters", poster,
                "roadmaps", task,
                "lanes", "poster",
                "artifacts", upload.path("artifact").asString().substring("sha256:".length()));
        marks = List.of(task, campaign, hook, poster, SECRET_WORDS);
    }

    private static String id(HttpResponse<String> answer) {
        String id = json(answer).at("/data/id").asString("");
        assertThat(id).as(answer.body()).isNotEmpty();
        return id;
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    /** The route with things of the owner in place of its variables; what nobody has here is some id. */
    private static String filled(String pattern) {
        String path = pattern.replace("{*name}", "none.js").replace("/api/v1", "");
        String area = path.split("/")[1];
        String filled = path.replaceFirst("\\{[^}]*}", ids.getOrDefault(area, "unknown-1"))
                .replaceAll("\\{[^}]*}", "1");
        return pattern.startsWith("/api/v1") ? "/api/v1" + filled : filled;
    }

    private static HttpResponse<String> call(RunningEdge.Route route, String token) throws Exception {
        HttpRequest.Builder request =
                token.isEmpty() ? edge.request(filled(route.pattern())) : edge.with(token, filled(route.pattern()));
        boolean reads = route.method().equals("GET");
        return edge.sendBriefly(request.header("Content-Type", "application/json")
                .method(
                        route.method(),
                        reads ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString("{}")));
    }

    @TestFactory
    Stream<DynamicTest> nobodyGetsAnything() {
        return closed().map(route -> DynamicTest.dynamicTest(
                route.toString(), () -> assertThat(call(route, "").statusCode()).isEqualTo(401)));
    }

    private static Stream<RunningEdge.Route> closed() {
        List<RunningEdge.Route> routes = edge.routes();
        assertThat(routes).hasSizeGreaterThan(60);
        return routes.stream().filter(route -> !OPEN.contains(route.toString()));
    }

    @TestFactory
    Stream<DynamicTest> strangerSeesAndMovesNothingOfTheOwner() {
        // The second is another one only to those who look closely.
        return Stream.of("mallory", "Alice")
                .flatMap(stranger -> closed().map(route -> seesAndMovesNothing(stranger, route)));
    }

    private static DynamicTest seesAndMovesNothing(String stranger, RunningEdge.Route route) {
        return DynamicTest.dynamicTest(stranger + " " + route, () -> {
            HttpResponse<String> answer = call(route, Tokens.of(stranger, "user"));
            String shown = answer.statusCode() + " " + answer.body();
            assertThat(answer.statusCode()).as(shown).isLessThan(500);
            if (answer.statusCode() < 400) {
                marks.forEach(mark -> assertThat(answer.body()).doesNotContain(mark));
            }
            if (route.pattern().contains("{")) {
                boolean own = route.pattern().contains("/presets/");
                assertThat(answer.statusCode()).as(shown).isIn(own ? List.of(400, 404) : List.of(403, 404));
            }
            if (route.pattern().contains("/admin/") || route.pattern().contains("/auth/keys")) {
                assertThat(answer.statusCode()).as(shown).isEqualTo(403);
            }
        });
    }

    @Test
    void nothingOfTheOwnerWasMoved() {
        Borders.Commands commands = edge.bean(Borders.Commands.class);
        assertThat(commands.written)
                .filteredOn(command -> command.getTaskId().equals(task))
                .as("the submit")
                .hasSize(1);
    }

    @TestFactory
    Stream<DynamicTest> tokensThatMayOnlyReadOrStreamWriteNothing() throws Exception {
        String reader = json(edge.send(edge.with(Tokens.of("root", "admin"), "/api/v1/auth/keys")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"user_id\":\"alice\",\"scopes\":\"read\"}"))))
                .at("/data/key")
                .asString();
        String streamer = json(edge.post(OWNER, "/api/v1/auth/tokens", "{\"scope\":\"stream\"}"))
                .at("/data/token")
                .asString();
        List<DynamicTest> tests = new ArrayList<>();
        closed().filter(route -> !route.method().equals("GET"))
                .forEach(route -> tests.add(DynamicTest.dynamicTest(route.toString(), () -> {
                    assertThat(call(route, reader).statusCode())
                            .as("key that reads")
                            .isEqualTo(403);
                    assertThat(call(route, streamer).statusCode())
                            .as("stream token")
                            .isEqualTo(403);
                })));
        closed().filter(route -> route.method().equals("GET")
                        && !route.pattern().endsWith("/stream")
                        && !route.pattern().contains("/artifacts/"))
                .forEach(route -> tests.add(DynamicTest.dynamicTest(
                        route.toString(),
                        () -> assertThat(call(route, streamer).statusCode()).isEqualTo(403))));
        return tests.stream();
    }

    @Test
    void whatWasTriedIsWrittenDown() throws Exception {
        edge.post("eve", "/api/v1/tasks/" + task + "/cancel", "{\"reason\":\"mine now\"}");
        edge.post(OWNER, "/api/v1/webhooks", "{\"url\":\"http://127.0.0.1:9/y\"}");
        String admin = Tokens.of("root", "admin");
        await().untilAsserted(() -> {
            JsonNode refused = entries(admin, "actor=user:eve").path(0);
            assertThat(refused.path("outcome").asInt()).isEqualTo(403);
            assertThat(refused.path("target").asString()).isEqualTo("/api/v1/tasks/" + task + "/cancel");
            assertThat(refused.path("action").asString()).startsWith("POST /api/v1/tasks/{id}/");
            assertThat(refused.path("detail").asString()).contains("another user");
            assertThat(entries(admin, "actor=user:alice&contains=webhooks")
                            .path(0)
                            .path("outcome")
                            .asInt())
                    .isEqualTo(201);
        });
        JsonNode page = json(edge.send(edge.with(admin, "/api/v1/admin/audit-log?limit=1")))
                .path("data");
        JsonNode next = json(edge.send(edge.with(
                        admin,
                        "/api/v1/admin/audit-log?limit=1&cursor="
                                + page.path("next_cursor").asString())))
                .path("data");
        assertThat(next.at("/entries/0/id").asLong())
                .isLessThan(page.at("/entries/0/id").asLong());
    }

    private static JsonNode entries(String token, String query) throws Exception {
        return json(edge.send(edge.with(token, "/api/v1/admin/audit-log?" + query)))
                .at("/data/entries");
    }
}
