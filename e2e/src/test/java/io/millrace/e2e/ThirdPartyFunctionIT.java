package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A type, a lane and a function at an address of its own, added by definitions alone. */
@ExtendWith(Stack.class)
class ThirdPartyFunctionIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final EdgeClient tom = new EdgeClient(Stack.stack(), "tom");

    @Test
    void itComputesItsPhaseAtItsOwnAddress() {
        int before = Stack.wordCount().calls();
        String task = count("to be or not to be");

        JsonNode result = ended(task, "completed");

        assertThat(result.path("words").asInt()).isEqualTo(6);
        assertThat(result.path("characters").asInt()).isEqualTo(18);
        assertThat(Stack.wordCount().calls()).isGreaterThan(before);
    }

    @Test
    void itsItemsTravelInBatchesAndEachGetsItsOwnAnswer() {
        int before = Stack.wordCount().calls();
        List<String> tasks = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            tasks.add(count("word ".repeat(i)));
        }

        for (int i = 1; i <= 40; i++) {
            assertThat(ended(tasks.get(i - 1), "completed").path("words").asInt())
                    .isEqualTo(i);
        }
        assertThat(Stack.wordCount().calls() - before).isBetween(1, 40);
    }

    @Test
    void itsRefusalIsTheTasksErrorAsItWasWritten() {
        String task = count("   ");

        ended(task, "failed");

        JsonNode error = tom.get("/api/v1/tasks/" + task).data().path("error");
        assertThat(error.path("code").asText()).isEqualTo("BAD_INPUT");
        assertThat(error.path("message").asText()).startsWith("text is missing");
    }

    private String count(String text) {
        return tom.submit("{\"type\": \"word_count\", \"text\": \"" + text + "\"}");
    }

    /** Waits for the status and gives the result. */
    private JsonNode ended(String task, String status) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(tom.get("/api/v1/tasks/" + task)
                                .data()
                                .path("status")
                                .asText())
                        .isEqualTo(status));
        return tom.get("/api/v1/tasks/" + task + "/result").data();
    }
}
