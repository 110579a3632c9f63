package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A worker that knows nothing of Millrace makes the calls it always made. */
@ExtendWith(Stack.class)
class WorkerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final EdgeClient dora = new EdgeClient(Stack.stack(), "dora");

    @BeforeEach
    void thereIsAPythonWithItsClient() {
        assumeTrue(
                PythonWorker.available(), "the worker needs /usr/bin/python3 with aiohttp (Debian: python3-aiohttp)");
    }

    @Test
    void itMakesAPosterAndItsOwnerWatches() throws Exception {
        String task = dora.submit(Prompts.WORKER);
        try (SseWatcher sse = SseWatcher.open(dora, "/api/v1/tasks/" + task + "/stream", "")) {
            PythonWorker.Run run = PythonWorker.work(Stack.stack().setup().edgeUrl(), apiKey(), task);
            assertThat(run.exit()).as(run.output()).isZero();
            sse.await(event -> event.name().equals("complete"), PATIENCE);

            Set<String> phases = new LinkedHashSet<>();
            sse.events().forEach(event -> phases.add(event.data().path("phase").asText()));
            assertThat(phases)
                    .as("phases as the worker names them")
                    .contains("fetching_task", "generating_background", "quality_check", "saving_result");
        }
        JsonNode result = dora.get("/api/v1/tasks/" + task + "/result").data();
        String poster = result.path("poster_id").asText();
        assertThat(poster).isNotEmpty();
        JsonNode full = dora.get("/api/v1/posters/" + poster + "/full").data();
        assertThat(full.path("layers")).hasSize(2);
        assertThat(full.path("elements").toString()).contains("诚聘英才").contains("高级软件工程师");
        byte[] source = dora.download(full.at("/poster/source_url").asText());
        assertThat(new String(source, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("8BPS");
        assertThat(dora.download(full.at("/poster/preview_url").asText())).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void itsFailureFailsTheTaskWithWhatItSaid() throws Exception {
        String task = dora.submit(Prompts.WORKER);

        PythonWorker.Run run = PythonWorker.work(Stack.stack().setup().edgeUrl(), apiKey(), task, "--fail");

        assertThat(run.exit()).as(run.output()).isEqualTo(1);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> dora.get("/api/v1/tasks/" + task)
                        .data()
                        .path("status")
                        .asText()
                        .equals("failed"));
        JsonNode error = dora.get("/api/v1/tasks/" + task).data().path("error");
        assertThat(error.path("code").asText()).isEqualTo("MODEL_ERROR");
        assertThat(error.path("message").asText()).contains("quality 0.31 is below 0.6");
    }

    @Test
    void aWorkerWithoutAKeyMovesNothing() throws Exception {
        String task = dora.submit(Prompts.WORKER);

        PythonWorker.Run run = PythonWorker.work(Stack.stack().setup().edgeUrl(), "no-such-key", task);

        assertThat(run.exit()).isNotZero();
        assertThat(dora.get("/api/v1/tasks/" + task).data().path("status").asText())
                .isEqualTo("processing");
        dora.post("/api/v1/tasks/" + task + "/cancel", "{}");
    }

    /** A key for the workers, as an administrator makes it. */
    private static String apiKey() {
        EdgeClient.Answer answer = new EdgeClient(Stack.stack(), "root", "admin")
                .post(
                        "/api/v1/auth/keys",
                        "{\"user_id\": \"painters\", \"role\": \"service\", \"name\": \"poster worker\"}");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.data().path("key").asText();
    }
}
