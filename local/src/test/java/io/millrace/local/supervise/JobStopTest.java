package io.millrace.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a JobManager that writes every savepoint it is asked for. */
class JobStopTest {
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @TempDir
    private Path jobs;

    private final List<String> stopped = new CopyOnWriteArrayList<>();
    private HttpServer flink;
    private String overview = "";

    @BeforeEach
    void start() throws IOException {
        flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        flink.createContext("/", this::answer);
        flink.start();
    }

    @AfterEach
    void stop() {
        flink.stop(0);
    }

    @Test
    void runningJobsAreStoppedAndFinishedOnesAreLeftAlone() throws InterruptedException {
        runs("RUNNING", "FINISHED", "RUNNING");

        assertThat(stopAll()).isZero();
        assertThat(stopped).containsExactly("/jobs/job0/stop", "/jobs/job2/stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESTARTING", "CREATED", "FAILING", "FAILED"})
    void aJobThatCannotTakeASavepointCounts(String state) throws InterruptedException {
        runs(state, "RUNNING", state);

        assertThat(stopAll()).isEqualTo(2);
        assertThat(stopped).containsExactly("/jobs/job1/stop");
    }

    @Test
    void aJobManagerThatNamesNoJobsHasNotStoppedThem() throws InterruptedException {
        overview = "{\"errors\":[\"Service temporarily unavailable due to an ongoing leader election.\"]}";

        assertThat(stopAll()).isEqualTo(1);
    }

    private int stopAll() throws InterruptedException {
        return new JobStop("http://127.0.0.1:" + flink.getAddress().getPort(), jobs).stopAll(DEADLINE);
    }

    /** The states of the jobs {@code job0}, {@code job1} and so on. */
    private void runs(String... states) {
        int[] number = {0};
        overview = Stream.of(states)
                .map(state -> "{\"jid\":\"job" + number[0]++ + "\",\"state\":\"" + state + "\"}")
                .collect(Collectors.joining(",", "{\"jobs\":[", "]}"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        if (path.endsWith("/stop")) {
            stopped.add(path);
            send(exchange, 202, "{\"request-id\":\"one\"}");
        } else if (path.equals("/jobs/overview")) {
            send(exchange, 200, overview);
        } else {
            send(exchange, 200, "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":\"file:/savepoint\"}}");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
