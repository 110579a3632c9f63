package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.client.Attachments;
import io.millrace.local.home.CodeBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code ./millrace submit samples/TYPE.json} leads to, for each sample. */
@ExtendWith(Stack.class)
class SamplesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Their results are words: no picture comes out. */
    private static final Set<String> WORDS = Set.of("roadmap.json", "classify.json", "tag.json");

    /** Their functions log, and what they log can be read later. */
    private static final Set<String> LOGGED =
            Set.of("crawl.json", "roadmap.json", "generate.json", "tag.json", "train.json", "white_background.json");

    private final EdgeClient finn = new EdgeClient(Stack.stack(), "finn");

    static Stream<String> samples() throws IOException {
        try (Stream<Path> files = Files.list(CodeBase.find().root().resolve("samples"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleBecomesWhatItAsksFor(String name) throws Exception {
        Path samples = CodeBase.find().root().resolve("samples");
        String task =
                finn.submit(new Attachments(samples, finn::upload).attached(Files.readString(samples.resolve(name))));

        try (SseWatcher sse = SseWatcher.open(finn, "/api/v1/tasks/" + task + "/stream", "")) {
            sse.awaitEnd(PATIENCE);
            assertThat(sse.names())
                    .as("%s", sse.last().data())
                    .contains("complete")
                    .endsWith("done");
        }
        if (LOGGED.contains(name)) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () -> finn.get("/api/v1/tasks/" + task + "/logs")
                                    .data()
                                    .path("logs")
                                    .findValuesAsText("event_type"),
                            types -> types.contains("log"));
        }
        EdgeClient.Answer result = finn.get("/api/v1/tasks/" + task + "/result");
        assertThat(result.status()).as("%s", result.body()).isEqualTo(200);
        JsonNode images = result.data().path("images");
        assertThat(images.isEmpty()).as("%s", result.body()).isEqualTo(WORDS.contains(name));
        for (JsonNode image : images) {
            assertThat(finn.download(image.path("url").asText())).hasSizeGreaterThan(1_000);
        }
    }
}
