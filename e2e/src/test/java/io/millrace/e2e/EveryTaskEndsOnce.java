package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.LocalStack;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;

/** The guarantee every fault test ends with: one end for each task, in the topic and in MySQL alike, with a right picture. */
final class EveryTaskEndsOnce {
    private final LocalStack stack;
    private final EventLog log;
    private final Tables tables;

    EveryTaskEndsOnce(LocalStack stack) {
        this.stack = stack;
        this.log = new EventLog(stack);
        this.tables = new Tables(stack);
    }

    /** Waits until all have ended, then looks at everything. */
    void verify(Set<String> tasks, EdgeClient edge, int width, int height, Duration patience) throws Exception {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(log.ended(tasks)).isEqualTo(tasks));
        Map<String, List<EventLog.Event>> events = log.read();
        for (String task : tasks) {
            history(task, events.getOrDefault(task, List.of()));
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(tables.tasks(tasks))
                        .allSatisfy((task, row) -> assertThat(row.status()).isEqualTo("completed"))
                        .hasSameSizeAs(tasks));
        Map<String, Tables.TaskRow> rows = tables.tasks(tasks);
        rows.forEach((task, row) -> assertThat(row.version())
                .as("version of %s in MySQL", task)
                .isEqualTo(events.getOrDefault(task, List.of()).size()));
        for (String task : tasks) {
            picture(edge, task, width, height);
        }
        noSlotIsHeld(edge);
    }

    private static void history(String task, List<EventLog.Event> events) {
        assertThat(events).as("events of %s", task).isNotEmpty();
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).version()).as("version of %s", task).isEqualTo(i + 1L);
        }
        assertThat(events.stream().filter(event -> event.type().terminal()))
                .as("ends of %s", task)
                .hasSize(1);
        EventLog.Event last = events.get(events.size() - 1);
        assertThat(last.data().path("status").asText())
                .as("%s: %s", task, last.data().path("error"))
                .isEqualTo("completed");
    }

    private static void picture(EdgeClient edge, String task, int width, int height) throws IOException {
        EdgeClient.Answer result = edge.get("/api/v1/tasks/" + task + "/result");
        assertThat(result.status()).as("result of %s: %s", task, result.body()).isEqualTo(200);
        assertThat(result.data().path("preview").asText()).isNotEmpty();
        JsonNode poster = result.data().path("images").path(0);
        assertThat(poster.path("kind").asText()).isEqualTo("poster");
        BufferedImage image = ImageIO.read(
                new ByteArrayInputStream(edge.download(poster.path("url").asText())));
        assertThat(image).as("picture of %s", task).isNotNull();
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    /** A lane that had lost a slot would not take its full number of tasks any more; one that doubled it would take more. */
    private void noSlotIsHeld(EdgeClient edge) {
        assertThat(stack.report()).isPresent();
        assertThat(edge.get("/api/v1/tasks?status=processing").data().path("tasks"))
                .isEmpty();
    }
}
