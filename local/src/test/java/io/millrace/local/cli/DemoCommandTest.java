package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.local.client.EdgeClient;
import io.millrace.local.home.CodeBase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any sample that ships, against an edge that takes everything. */
class DemoCommandTest {
    private static final String UPLOADS = "/api/v1/storage/upload";
    private static final String TASKS = "/api/v1/tasks";
    private static final String RESULT = "/api/v1/tasks/task_1/result";

    @TempDir
    private Path folder;

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> submitted = Collections.synchronizedList(new ArrayList<>());
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private HttpServer server;
    private EdgeClient edge;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        edge = new EdgeClient("http://127.0.0.1:" + server.getAddress().getPort(), "token");
        answers.put(UPLOADS, "{\"data\":{\"artifact\":\"sha256:00\"}}");
        answers.put(TASKS, "{\"data\":{\"task_id\":\"task_1\"}}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag.json", "train.json", "white_background.json"})
    void aSampleThatNamesFilesIsSubmittedWithTheirReferences(String sample) throws Exception {
        Path file = CodeBase.find().root().resolve("samples").resolve(sample);

        assertThat(SubmitCommand.submit(edge, file)).isEqualTo("task_1");

        JsonNode body = new ObjectMapper().readTree(submitted.get(0));
        assertThat(body.findValuesAsText("image")).isNotEmpty().containsOnly("sha256:00");
    }

    @Test
    void aResultWithAPictureIsFetched() throws Exception {
        answers.put(RESULT, "{\"data\":{\"preview\":\"/picture\"}}");
        answers.put("/picture", "bytes");

        show();

        assertThat(folder.resolve("task_1.png")).hasContent("bytes");
        assertThat(text()).contains("Picture " + folder.resolve("task_1.png"));
    }

    @Test
    void aResultWithoutAPictureIsPrinted() throws Exception {
        answers.put(RESULT, "{\"data\":{\"items\":[{\"label\":\"delivery\"}]}}");

        show();

        assertThat(text()).contains("\"label\" : \"delivery\"");
        assertThat(folder).isEmptyDirectory();
    }

    private void show() throws Exception {
        DemoCommand.show(edge, "task_1", folder, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.equals(TASKS)) {
            submitted.add(new String(body, StandardCharsets.UTF_8));
        }
        String known = answers.get(path);
        byte[] answer = (known == null ? "{}" : known).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known == null ? 404 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
