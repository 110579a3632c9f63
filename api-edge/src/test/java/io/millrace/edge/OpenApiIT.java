package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.millrace.edge.database.Database;
import io.millrace.edge.database.Maria;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The document says what the edge does, and the edge does what the document says. */
class OpenApiIT {
    private static final Set<String> PAGES = Set.of("GET /", "GET /favicon.ico", "GET /console/{*name}");

    private static final String MINUTE =
            "INSERT INTO task_metrics_minute (id, minute_at, type, submitted, started, completed,"
                    + " partial_failure, failed, cancelled, recovered, queue_p50_ms, queue_p90_ms, queue_p99_ms, run_p50_ms, run_p90_ms,"
                    + " run_p99_ms, failures, inference_ms, batches, events) VALUES ('m', UTC_TIMESTAMP(3), 'poster', 3, 3, 2, 0, 1, 0, 0, 1, 2, 3,"
                    + " 4, 5, 6, '{\"TIMEOUT\":1}', '{\"checking_ocr\":{\"ann\":7}}', '{\"checking_ocr\":{\"1\":3}}', 9)";

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static ObjectNode document;

    private static final String KNOWN = "Known here: ";

    @BeforeAll
    static void start() throws Exception {
        Maria.shared().createDatabase("edge_openapi");
        edge = new RunningEdge(artifacts, "--test.database=edge_openapi", "--millrace.outbound-allow=127.0.0.0/8");
        await().atMost(Duration.ofMinutes(5)).until(edge.bean(Database.class)::healthy);
        document = (ObjectNode) RunningEdge.json(edge.send(edge.request("/openapi.json")));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
        Set<String> routes = edge.routes().stream()
                .map(RunningEdge.Route::toString)
                .filter(route -> !PAGES.contains(route))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method ->
                                described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));

        assertThat(described)
                .as("openapi/*.yaml against the mappings of the running edge")
                .isEqualTo(routes);
    }

    @Test
    void documentIsOpenApi31AndEveryReferenceLeadsSomewhere() {
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        Set<String> operations = new TreeSet<>();
        document.path("paths").valueStream().flatMap(JsonNode::valueStream).forEach(operation -> {
            assertThat(operation.path("summary").asString()).isNotEmpty();
            assertThat(operation.path("tags").size()).isEqualTo(1);
            assertThat(operations.add(operation.path("operationId").asString()))
                    .as(operation.path("operationId").asString() + " is unique")
                    .isTrue();
        });
        document.findValuesAsString("$ref")
                .forEach(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    @Test
    void answersHaveTheShapeThatIsDescribed() throws Exception {
        HttpResponse<String> task = edge.post("ann", "/api/v1/tasks", example("/api/v1/tasks", "post"));
        String id = RunningEdge.json(task).at("/data/id").asString();
        matches("post", "/api/v1/tasks", task);
        matches("get", "/api/v1/tasks", edge.get("ann", "/api/v1/tasks"));
        for (String part : new String[] {"", "/status", "/history", "/checkpoints", "/logs", "/result"}) {
            matches("get", "/api/v1/tasks/{id}" + part, edge.get("ann", "/api/v1/tasks/" + id + part));
        }
        matches(
                "post",
                "/api/v1/tasks/batch",
                edge.post("ann", "/api/v1/tasks/batch", example("/api/v1/tasks/batch", "post")));
        matches("post", "/api/v1/tasks", edge.post("ann", "/api/v1/tasks", "{\"priority\":99}"));
        HttpResponse<String> campaign = edge.post("ann", "/api/v1/campaigns", example("/api/v1/campaigns", "post"));
        matches("post", "/api/v1/campaigns", campaign);
        String run = RunningEdge.json(campaign).at("/data/id").asString();
        matches("get", "/api/v1/campaigns/{id}", edge.get("ann", "/api/v1/campaigns/" + run));
        matches("get", "/api/v1/campaigns/{id}/tasks", edge.get("ann", "/api/v1/campaigns/" + run + "/tasks"));
        matches("get", "/api/v1/campaigns", edge.get("ann", "/api/v1/campaigns"));
        String preset = example("/api/v1/presets/{id}", "put");
        matches("put", "/api/v1/presets/{id}", edge.put(Tokens.of("ann", "user"), "/api/v1/presets/shop", preset));
        matches("get", "/api/v1/presets/{id}", edge.get("ann", "/api/v1/presets/shop"));
        matches("get", "/api/v1/lanes", edge.get("ann", "/api/v1/lanes"));
        matches("post", "/api/v1/campaigns/{id}/cancel", edge.post("ann", "/api/v1/campaigns/" + run + "/cancel", ""));
        HttpResponse<String> poster =
                edge.post("ann", "/api/v1/posters", "{\"task_id\":\"" + id + "\",\"width\":320,\"height\":480}");
        matches("post", "/api/v1/posters", poster);
        String drawn = RunningEdge.json(poster).at("/data/id").asString();
        matches("get", "/api/v1/posters/{id}", edge.get("ann", "/api/v1/posters/" + drawn));
        edge.bean(Database.class).call(sql -> sql.sql(MINUTE).update()).block(Duration.ofMinutes(2));
        HttpResponse<String> minutes = edge.get("ann", "/api/v1/metrics/minutes");
        assertThat(RunningEdge.json(minutes).at("/data/minutes")).hasSize(1);
        matches("get", "/api/v1/metrics/minutes", minutes);
        matches("post", "/api/v1/auth/tokens", edge.post("ann", "/api/v1/auth/tokens", "{\"scope\":\"stream\"}"));
        matches(
                "post",
                "/api/v1/storage/upload",
                edge.send(
                        edge.as("ann", "/api/v1/storage/upload").POST(HttpRequest.BodyPublishers.ofString("GIF89a"))));
        HttpResponse<String> hook = edge.post("ann", "/api/v1/webhooks", "{\"url\":\"http://127.0.0.1:9/\"}");
        matches("post", "/api/v1/webhooks", hook);
        matches("get", "/api/v1/webhooks", edge.get("ann", "/api/v1/webhooks"));
        String webhook =
                "/api/v1/webhooks/" + RunningEdge.json(hook).at("/data/id").asString();
        matches("post", "/api/v1/webhooks/{id}/test", edge.post("ann", webhook + "/test", ""));
        matches("get", "/api/v1/webhooks/{id}/deliveries", edge.get("ann", webhook + "/deliveries"));
        String admin = Tokens.of("root", "admin");
        matches("get", "/api/v1/admin/audit-log", edge.send(edge.with(admin, "/api/v1/admin/audit-log")));
        matches("put", "/api/v1/lanes/{name}", edge.put(admin, "/api/v1/lanes/poster", "{\"concurrency\":8}"));
        matches("get", "/api/v1/admin/queue/stats", edge.send(edge.with(admin, "/api/v1/admin/queue/stats")));
        matches("get", "/api/v1/auth/keys", edge.send(edge.with(admin, "/api/v1/auth/keys")));
    }

    /** A list names what it takes when it is asked by something else: that, and nothing more, is what clients are told of. */
    @Test
    void listsTakeWhatIsDescribed() throws Exception {
        Map<String, Set<String>> taken = new TreeMap<>();
        Map<String, Set<String>> described = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            JsonNode list = path.getValue().path("get");
            String at = path.getKey().replace("{id}", "camp_018f0000-0000-7000-8000-000000000001");
            boolean stream = list.at("/responses/200/content").has("text/event-stream");
            if (list.isMissingNode() || stream || at.contains("{")) {
                continue;
            }
            HttpResponse<String> answer = edge.send(edge.with(Tokens.of("root", "admin"), at + "?surprise=1"));
            String remedy = answer.statusCode() == 400
                    ? RunningEdge.json(answer).at("/errors/0/remedy").asString("")
                    : "";
            int known = remedy.indexOf(KNOWN);
            if (known >= 0) {
                String names = remedy.substring(known + KNOWN.length(), remedy.length() - 1);
                taken.put(path.getKey(), Set.of(names.split(", ")));
                described.put(path.getKey(), queryParameters(list));
            }
        }
        assertThat(described).isEqualTo(taken).containsKeys("/api/v1/tasks", "/api/v1/campaigns/{id}/tasks");
    }

    private static Set<String> queryParameters(JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .map(parameter -> parameter.has("$ref")
                        ? document.at(parameter.path("$ref").asString().substring(1))
                        : parameter)
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .map(parameter -> parameter.path("name").asString())
                .collect(Collectors.toSet());
    }

    private static String example(String path, String method) {
        return document.path("paths")
                .path(path)
                .path(method)
                .at("/requestBody/content/application~1json/example")
                .toString();
    }

    private static void matches(String method, String path, HttpResponse<String> answer) {
        String what = method + " " + path + ": " + answer.statusCode() + " " + answer.body();
        JsonNode described = document.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(String.valueOf(answer.statusCode()));
        assertThat(described.isMissingNode()).as(what).isFalse();
        JsonNode response = described.has("$ref")
                ? document.at(described.path("$ref").asString().substring(1))
                : described;
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
        JsonNode schema = response.path("content").path(type).path("schema");
        assertThat(schema.isMissingNode()).as(what + " as " + type).isFalse();
        ObjectNode whole = document.deepCopy();
        whole.removeAll();
        whole.set("components", document.path("components"));
        whole.setAll((ObjectNode) schema);
        try {
            JsonSchema checked = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(new ObjectMapper().readTree(whole.toString()));
            Set<ValidationMessage> wrong = checked.validate(answer.body(), InputFormat.JSON);
            assertThat(wrong).as(what).isEmpty();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void pageRunsItsOwnScriptAndNothingElse() throws Exception {
        HttpResponse<String> page = edge.send(edge.request("/docs"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self'", "frame-ancestors 'none'");
        assertThat(page.body()).doesNotContain("<script>", "style=", "onclick", "https://", "http://");
        assertThat(edge.send(edge.request("/docs/docs.js")).statusCode()).isEqualTo(200);
        assertThat(edge.send(edge.request("/docs/index.html")).statusCode()).isEqualTo(404);
        assertThat(edge.send(edge.request("/asyncapi.yaml")).body())
                .contains("asyncapi: 3.0.0", "token_expired")
                .doesNotContain(".schema.json'");
    }

    /** Every link of every page of the guide leads somewhere, and every picture is one. */
    @Test
    void guideIsWhole() throws Exception {
        Pattern way = Pattern.compile("(?:href|src)=\"(/[^\"#]*)");
        Set<String> seen = new HashSet<>();
        Deque<String> ways = new ArrayDeque<>(List.of("/guide"));
        while (!ways.isEmpty()) {
            String path = ways.remove();
            if (seen.add(path)) {
                HttpResponse<String> answer = edge.send(edge.request(path));
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                if (path.startsWith("/guide")) {
                    way.matcher(answer.body())
                            .results()
                            .map(found -> found.group(1))
                            .forEach(ways::add);
                }
            }
        }
        assertThat(seen).contains("/guide/api", "/guide/types", "/guide/types-white.png", "/docs");
        assertThat(edge.send(edge.request("/guide/types")).body())
                .contains("<h1", "<table>", "<h2 id=\"crawl\">")
                .doesNotContain("<script", "style=", "{content}");
        assertThat(edge.send(edge.request("/guide/security")).body())
                .contains("<a href=\"/guide/webhooks\">webhooks</a>");
        assertThat(edge.send(edge.request("/guide/nothing")).statusCode()).isEqualTo(404);
    }
}
