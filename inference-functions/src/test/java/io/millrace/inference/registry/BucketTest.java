package io.millrace.inference.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of AWS against a store of the test's own. */
class BucketTest {
    private static final URI SOURCE = URI.create("s3://shelf/models/weights.bin");
    private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final Deque<Integer> answers = new ArrayDeque<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer store;
    private Map<String, String> settings = Map.of();

    @BeforeEach
    void start() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", this::answer);
        store.start();
        settings = Map.of(
                "aws.region", "eu-central-1",
                "aws.accessKeyId", "reader",
                "aws.secretAccessKey", "secret",
                "aws.endpointUrlS3", "http://127.0.0.1:" + store.getAddress().getPort());
        settings.forEach(System::setProperty);
    }

    @AfterEach
    void stop() {
        store.stop(0);
        settings.keySet().forEach(System::clearProperty);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        Integer code = answers.isEmpty() ? Integer.valueOf(200) : answers.remove();
        byte[] body = code == 200
                ? WEIGHTS
                : "<Error><Code>AccessDenied</Code><Message>not for you</Message></Error>"
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void anObjectIsFetchedWithASignature() throws IOException {
        Path target = Files.createTempFile(folder, "part", null);

        Bucket.to(SOURCE, target);

        assertThat(target).hasBinaryContent(WEIGHTS);
        assertThat(asked)
                .singleElement()
                .asString()
                .startsWith("GET /shelf/models/weights.bin AWS4-HMAC-SHA256 Credential=reader/")
                .contains("/eu-central-1/s3/aws4_request");
    }

    @Test
    void aStoreThatStumblesIsAskedAgain() throws IOException {
        answers.add(503);

        Bucket.to(SOURCE, folder.resolve("part"));

        assertThat(folder.resolve("part")).hasBinaryContent(WEIGHTS);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aRefusalIsToldAtOnce() {
        answers.add(403);

        assertThatThrownBy(() -> Bucket.to(SOURCE, folder.resolve("part")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not for you")
                .hasMessageContaining("403");
        assertThat(asked).hasSize(1);
    }
}
