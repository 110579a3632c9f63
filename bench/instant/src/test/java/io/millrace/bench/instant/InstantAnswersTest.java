package io.millrace.bench.instant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.millrace.inference.InferenceConfig;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.FunctionEndpoint;
import io.millrace.schemas.workflow.Phase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstantAnswersTest {
    private static final String PICTURE = "ab".repeat(32);
    private static final String TASK = "task_019a0000-0000-7000-8000-000000000000";

    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> names = Definitions.shipped().functions().stream()
            .map(FunctionEndpoint::name)
            .toList();
    /** Of the types that measurements and fault runs send; refine is the only one of them that is not always called. */
    private final Set<String> stored = Stream.of("poster", "roadmap", "cover_image")
            .flatMap(type -> Definitions.shipped().workflow(type).orElseThrow().phases().stream())
            .map(Phase::function)
            .filter(Objects::nonNull)
            .filter(function -> !function.equals("refine"))
            .collect(Collectors.toSet());

    @TempDir
    Path folder;

    @Test
    void everyFunctionOfTheTypesThatAreMeasuredHasAStoredResultWithoutHoles() throws Exception {
        InstantAnswers answers = new InstantAnswers(names, PICTURE, Duration.ZERO, answered::addAndGet);
        for (String name : names) {
            ItemReply reply = answers.run(name, batch(TASK, 3, "{}")).join().getItems(0);

            JsonNode output =
                    new ObjectMapper().readTree(reply.getResult().getOutput().toByteArray());
            assertThat(output.isObject()).isTrue();
            assertThat(output.toString()).doesNotContain("@");
            assertThat(output.has("instant")).as(name).isEqualTo(!stored.contains(name));
            assertThat(reply.getItem()).isEqualTo(3);
        }
        assertThat(answered).hasValue(names.size());
    }

    @Test
    void aPosterPassesAndItsIdsAreItsOwn() throws Exception {
        InstantAnswers answers = new InstantAnswers(names, PICTURE, Duration.ZERO, answered::addAndGet);
        Set<String> posters = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            String task = "task_019a0000-0000-7000-8000-" + String.format("%012d", i);
            JsonNode output = new ObjectMapper()
                    .readTree(answers.run("finalize", batch(task, 0, "{}"))
                            .join()
                            .getItems(0)
                            .getResult()
                            .getOutput()
                            .toByteArray());
            assertThat(posters.add(output.path("poster_id").asText())).isTrue();
            assertThat(output.at("/images/0/artifact").asText()).isEqualTo("sha256:" + PICTURE);
        }
        assertThat(answers.run("quality", batch(TASK, 0, "{}"))
                        .join()
                        .getItems(0)
                        .getResult()
                        .getFactsMap())
                .containsEntry("passed", "true");
    }

    @Test
    void anInputMayAskForAFailure() throws Exception {
        InstantAnswers answers = new InstantAnswers(names, PICTURE, Duration.ZERO, answered::addAndGet);

        ItemReply reply = answers.run("intent", batch(TASK, 0, "{\"params\":{\"prompt\":\"[a] [fail]\"}}"))
                .join()
                .getItems(0);

        assertThat(reply.getFailure().getCode()).isEqualTo("MODEL_ERROR");
        assertThat(reply.getFailure().getRetryable()).isFalse();
    }

    @Test
    void theEndpointIsTheOneOfTheInferenceRoom() throws Exception {
        InferenceConfig config = new InferenceConfig(
                "127.0.0.1",
                0,
                "secret",
                new KafkaAccess("127.0.0.1:1", Map.of()),
                folder.toString(),
                folder,
                folder,
                "cpu",
                1,
                1,
                1);
        try (InstantInference inference = new InstantInference(config, Definitions.shipped(), Duration.ZERO)) {
            HttpClient http = HttpClient.newHttpClient();
            String base = "http://127.0.0.1:" + inference.port();
            HttpResponse<String> health = http.send(
                    HttpRequest.newBuilder(URI.create(base + "/health"))
                            .timeout(Duration.ofMinutes(1))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            HttpResponse<String> refused = http.send(
                    HttpRequest.newBuilder(URI.create(base + "/functions"))
                            .timeout(Duration.ofMinutes(1))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("instant: stored results, no model");
            assertThat(refused.statusCode()).isEqualTo(401);
        }
    }

    private static BatchRequest batch(String task, int item, String input) {
        return BatchRequest.newBuilder()
                .setBatchId("b")
                .addItems(InferenceItem.newBuilder()
                        .setTaskId(task)
                        .setItem(item)
                        .setInput(ByteString.copyFromUtf8(input)))
                .build();
    }
}
