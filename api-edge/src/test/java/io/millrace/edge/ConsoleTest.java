package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The files of the console as a browser gets them. What they do is shown by {@code ConsoleModulesIT}, {@code ConsoleIT} and {@code ConsoleFormsIT} of e2e. */
class ConsoleTest {
    private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"(/console/[^\"]+)\"");
    private static final Pattern IMPORTED = Pattern.compile("from\\s*\"(\\.{1,2}/[^\"]+)\"");
    private static final int LONGEST = 300;

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;

    @BeforeAll
    static void start() {
        edge = new RunningEdge(artifacts, "--millrace.public-url=https://cdn.example.org/base");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return edge.send(edge.request(path));
    }

    @Test
    void strangerGetsThePageAndNothingElse() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.body()).contains("<div id=\"app\"></div>");
        assertThat(get("/api/v1/tasks").statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/workflows").statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/metrics/minutes").statusCode()).isEqualTo(401);
    }

    @Test
    void policyLetsNothingInlineNothingForeignAndNobodysFrame() throws Exception {
        HttpResponse<String> page = get("/");
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("");

        assertThat(policy)
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .contains("style-src 'self'")
                .contains("img-src 'self' blob: https://cdn.example.org;")
                .contains("frame-ancestors 'none'")
                .contains("require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.body()).doesNotContain("style=").doesNotContainPattern("<script(?![^>]*src=)");
    }

    @Test
    void fileThatIsKnownIsNotSentAgain() throws Exception {
        HttpResponse<String> first = get("/console/js/app.js");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again =
                edge.send(edge.request("/console/js/app.js").header("If-None-Match", tag));

        assertThat(first.headers().firstValue("Content-Type")).contains("text/javascript;charset=UTF-8");
        assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/vendor/README.md",
                "/console/nothing.js",
                "/console/",
                "/console/..%2f..%2fapplication.yaml",
                "/console/%2e%2e/application.yaml",
                "/console/js/..%5c..%5capplication.yaml"
            })
    void whatIsNoFileOfTheConsoleIsNotThere(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isIn(400, 401, 404);
        assertThat(answer.body()).doesNotContain("jwt-secret");
    }

    /** One wrong name in an import and the page stays white. */
    @Test
    void everythingThatThePageAsksForIsThereAndNoModuleIsLong() throws Exception {
        Queue<String> open = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        Matcher linked = LINKED.matcher(get("/").body());
        while (linked.find()) {
            open.add(linked.group(1));
        }
        List<String> problems = new ArrayList<>();
        for (String path = open.poll(); path != null; path = open.poll()) {
            if (!seen.add(path)) {
                continue;
            }
            HttpResponse<String> file = get(path);
            if (file.statusCode() != 200) {
                problems.add(path + " is missing");
            }
            if (path.endsWith(".js") && !path.contains("/vendor/")) {
                if (file.body().lines().count() > LONGEST) {
                    problems.add(path + " is too long");
                }
                Matcher imported = IMPORTED.matcher(file.body());
                while (imported.find()) {
                    open.add(URI.create(path).resolve(imported.group(1)).toString());
                }
            }
        }
        assertThat(problems).isEmpty();
        assertThat(seen).contains("/console/vendor/rsocket.js", "/console/js/pages/task.js", "/console/css/tokens.css");
    }

    @Test
    void bothLanguagesHaveTheSameWords() throws Exception {
        for (String file : List.of("", "-names")) {
            assertThat(keys("/console/js/locale/zh" + file + ".js"))
                    .isEqualTo(keys("/console/js/locale/en" + file + ".js"))
                    .isNotEmpty();
        }
    }

    private static List<String> keys(String path) throws Exception {
        Matcher matcher =
                Pattern.compile("(?m)^  \"([^\"]+)\":").matcher(get(path).body());
        return matcher.results().map(found -> found.group(1)).sorted().toList();
    }

    @Test
    void typesOfTasksAreShownWithTheirPhasesInBothLanguages() throws Exception {
        JsonNode workflows = json(edge.get("alice", "/api/v1/workflows")).at("/data/workflows");

        JsonNode poster = workflows
                .valueStream()
                .filter(workflow -> workflow.path("type").asString().equals("poster"))
                .findFirst()
                .orElseThrow();
        assertThat(poster.at("/phases/0/name").asString()).isEqualTo("parsing_intent");
        assertThat(poster.at("/phases/0/mark").asInt()).isEqualTo(10);
        assertThat(poster.at("/phases/0/message/zh").asString()).isNotEmpty();
        assertThat(poster.at("/lane").asString()).isEqualTo("poster");
    }

    @Test
    void minutesThatAreNoneAreRefused() throws Exception {
        for (String wrong : List.of("0", "1441", "soon")) {
            HttpResponse<String> answer = edge.get("alice", "/api/v1/metrics/minutes?minutes=" + wrong);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).at("/errors/0/field").asString()).isEqualTo("minutes");
        }
        assertThat(edge.get("alice", "/api/v1/metrics/minutes").statusCode()).isEqualTo(503);
    }

    @Test
    void listNamesATaskByWhatWasAskedFor() throws Exception {
        edge.post("nora", "/api/v1/tasks", "{\"elements\":[{\"type\":\"text\",\"content\":\"<b>Jazz</b>\"}]}");

        JsonNode tasks = json(edge.get("nora", "/api/v1/tasks")).at("/data/tasks");

        assertThat(tasks.at("/0/title").asString()).isEqualTo("<b>Jazz</b>");
        assertThat(tasks.at("/0").has("preview")).isFalse();
    }
}
