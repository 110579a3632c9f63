package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commands of {@code ./millrace} that talk to the running stack, as processes of their own. */
@ExtendWith(Stack.class)
class CommandLineIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void aLaneGetsAnotherLimit() throws Exception {
        assertThat(millrace("lanes", "--set", "poster=6"))
                .containsPattern("poster +6 ")
                .containsPattern("roadmap +8 ");
        assertThat(millrace("lanes", "--set", "poster=8")).containsPattern("poster +8 ");
    }

    @Test
    void aCampaignIsSubmittedAndShown() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        Files.writeString(rows, Prompts.small(1) + "\n" + Prompts.small(2) + "\n");

        String campaign = millrace("campaign", "submit", "--user", "gwen", rows.toString())
                .strip();

        EdgeClient gwen = new EdgeClient(Stack.stack(), "gwen");
        try (SseWatcher sse = SseWatcher.open(gwen, "/api/v1/campaigns/" + campaign + "/stream", "")) {
            sse.await(event -> event.name().equals("campaign_complete"), PATIENCE);
        }
        assertThat(millrace("campaign", "show", "--user", "gwen", campaign)).containsPattern("\"completed\" : 2");
    }

    @Test
    void aTaskIsSubmittedWatchedAndDeleted() throws Exception {
        Path file = Files.writeString(folder.resolve("task.json"), Prompts.small(3));
        String task = millrace("submit", "--user", "gwen", file.toString()).strip();

        assertThat(millrace("watch", "--user", "gwen", task)).contains("completed");
        millrace("delete", "--user", "gwen", task);

        assertThat(new EdgeClient(Stack.stack(), "gwen")
                        .get("/api/v1/tasks/" + task)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatHasEndedIsCleanedUp() throws Exception {
        Path file = Files.writeString(folder.resolve("task.json"), Prompts.small(4));
        String task = millrace("submit", "--user", "hugo", file.toString()).strip();
        assertThat(millrace("watch", "--user", "hugo", task)).contains("completed");

        assertThat(millrace("cleanup", "--user", "hugo", "completed", "--older-than", "24h"))
                .contains("0 deleted");
        assertThat(millrace("cleanup", "--user", "hugo", "completed")).contains("1 deleted");

        assertThat(new EdgeClient(Stack.stack(), "hugo")
                        .get("/api/v1/tasks/" + task)
                        .status())
                .isEqualTo(404);
    }

    private static String millrace(String... arguments) throws IOException, InterruptedException {
        return Millrace.run(Stack.stack(), arguments);
    }
}
