package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Modules of the console one by one, in a real Chromium and without a stack: what takes the hour of a token, or an answer that comes at the
 * wrong moment. The claims are the functions that the files of {@code console-modules} export; each begins in a tab of its own and fails by
 * what it throws.
 */
@EnabledIf(value = "io.millrace.e2e.Chromium#isThere", disabledReason = "there is no Chromium on this machine")
class ConsoleModulesIT {
    private static final Path CONSOLE = Path.of("..", "api-edge", "src", "main", "resources", "console");
    private static final Path CLAIMS = Path.of("src", "test", "resources", "console-modules");
    private static final Pattern CLAIM = Pattern.compile("(?m)^export async function (\\w+)\\(\\)");
    private static final String PAGE = "<!doctype html><title>modules</title><div id=\"app\"></div>";

    @TempDir
    private static Path profile;

    private static Chromium browser;
    private static HttpServer server;
    private static ExecutorService threads;

    @BeforeAll
    static void start() throws IOException {
        threads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", ConsoleModulesIT::page);
        server.createContext("/console/", exchange -> file(exchange, CONSOLE, "/console/"));
        server.createContext("/claims/", exchange -> file(exchange, CLAIMS, "/claims/"));
        server.setExecutor(threads);
        server.start();
        browser = Chromium.start(profile);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        browser.close();
        server.stop(0);
        threads.shutdownNow();
    }

    static Stream<String> claims() throws IOException {
        try (Stream<Path> files = Files.list(CLAIMS)) {
            return files.sorted().toList().stream().flatMap(ConsoleModulesIT::claimsOf);
        }
    }

    private static Stream<String> claimsOf(Path file) {
        try {
            return CLAIM.matcher(Files.readString(file))
                    .results()
                    .map((MatchResult found) -> file.getFileName() + "#" + found.group(1));
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claims")
    void holds(String claim) throws Exception {
        String file = claim.substring(0, claim.indexOf('#'));
        String name = claim.substring(claim.indexOf('#') + 1);
        try (DevTools tab = browser.tab()) {
            // A page that is not looked at is drawn seldom.
            tab.send("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
            tab.send(
                    "Page.navigate",
                    Map.of("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/"));
            Awaitility.await("the page")
                    .ignoreExceptions()
                    .until(() -> tab.evaluate("document.title === 'modules'").asBoolean());

            String end = tab.evaluate("import('/claims/" + file + "').then((claims) => claims." + name
                            + "()).then(() => 'held', (failure) => failure.stack)")
                    .asText();

            assertThat(end).as(claim).isEqualTo("held");
        }
    }

    /** Also the answer to a question that a claim forgot to answer: no stream and no JSON. */
    private static void page(HttpExchange exchange) throws IOException {
        boolean root = exchange.getRequestURI().getPath().equals("/");
        answer(exchange, root ? 200 : 404, "text/html", PAGE.getBytes(StandardCharsets.UTF_8));
    }

    private static void file(HttpExchange exchange, Path folder, String prefix) throws IOException {
        Path file = folder.resolve(exchange.getRequestURI().getPath().substring(prefix.length()));
        answer(exchange, 200, "text/javascript", Files.readAllBytes(file));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
