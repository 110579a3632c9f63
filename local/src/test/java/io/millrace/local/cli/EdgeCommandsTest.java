package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the commands ask of the edge, and what they make of its answers. */
class EdgeCommandsTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private FakeEdge edge;

    @BeforeEach
    void start() throws IOException {
        edge = new FakeEdge();
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    void aBatchOfLinesIsSubmittedAsOneAndItsRefusalsAreNamed() throws Exception {
        edge.answers("POST /api/v1/tasks/batch", """
                {"total":2,"accepted":1,"failed":1,"items":[{"index":0,"success":true,"task_id":"task_1"},
                 {"index":1,"success":false,"message":"type is not known"}]}""");
        Path file = Files.writeString(folder.resolve("tasks.jsonl"), "{\"a\":1}\n\n{\"b\":2}\n");

        int code = BatchCommand.submit(edge.client(), file, out, out);

        assertThat(code).isEqualTo(1);
        assertThat(edge.asked()).containsExactly("POST /api/v1/tasks/batch {\"tasks\":[{\"a\":1},{\"b\":2}]}");
        assertThat(text()).containsExactly("task_1", "tasks[1]: type is not known");
    }

    @Test
    void tasksAreCancelledTogetherWithTheirReason() throws Exception {
        edge.answers("POST /api/v1/tasks/batch-cancel", """
                {"total":1,"cancelled":1,"failed":0,
                 "items":[{"index":0,"task_id":"t1","success":true,"message":"the task is cancelled"}]}""");

        assertThat(BatchCommand.cancel(edge.client(), List.of("t1"), "late", out))
                .isZero();

        assertThat(edge.asked())
                .containsExactly("POST /api/v1/tasks/batch-cancel {\"task_ids\":[\"t1\"],\"reason\":\"late\"}");
        assertThat(text()).containsExactly("t1 the task is cancelled");
    }

    @Test
    void aListIsReadToItsLastPage() throws Exception {
        edge.answers("GET /api/v1/campaigns?limit=200", """
                {"campaigns":[{"id":"c2","status":"running","name":"two"}],"next_cursor":"c2"}""");
        edge.answers("GET /api/v1/campaigns?limit=200&cursor=c2", """
                {"campaigns":[{"id":"c1","status":"completed","name":"one"}],"next_cursor":null}""");

        assertThat(CampaignCommand.list(edge.client(), out)).isZero();

        assertThat(text()).hasSize(3);
        assertThat(text().get(1)).startsWith("c2").endsWith("two");
        assertThat(text().get(2)).startsWith("c1").endsWith("one");
    }

    @Test
    void aPresetIsKeptListedAndDeleted() throws Exception {
        edge.answers("PUT /api/v1/presets/shop", "{\"id\":\"shop\",\"version\":3}");
        edge.answers("GET /api/v1/presets?limit=200", """
                {"presets":[{"id":"shop","type":"poster","version":3}],"next_cursor":null}""");
        edge.answers("DELETE /api/v1/presets/shop", "{\"id\":\"shop\",\"deleted\":true}");
        Path file = Files.writeString(folder.resolve("shop.json"), "{\"input_params\":{}}");

        PresetCommand.put(edge.client(), "shop", file, out);
        PresetCommand.list(edge.client(), out);
        PresetCommand.delete(edge.client(), "shop", out);

        assertThat(edge.asked().get(0)).isEqualTo("PUT /api/v1/presets/shop {\"input_params\":{}}");
        assertThat(text().get(0)).isEqualTo("shop version 3");
        assertThat(text().get(2)).startsWith("shop").contains("poster");
        assertThat(text().get(3)).isEqualTo("deleted shop");
    }

    @Test
    void aPresetIsNoPath() {
        assertThatThrownBy(() -> PresetCommand.delete(edge.client(), "../tasks/t1", out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id of a preset");
        assertThat(edge.asked()).isEmpty();
    }

    @Test
    void coversAreGeneratedForManyRoadmaps() throws Exception {
        edge.answers("POST /api/v1/cover-images/batch-generate", "{\"triggered\":1,\"skipped\":1}");

        CoverCommand.generate(edge.client(), List.of("r1", "r2"), out);

        assertThat(edge.asked())
                .containsExactly("POST /api/v1/cover-images/batch-generate {\"roadmap_ids\":[\"r1\",\"r2\"]}");
        assertThat(text()).containsExactly("1 triggered, 1 skipped");
    }

    @Test
    void theQueuesOfEachLaneAreShown() throws Exception {
        edge.answers("GET /api/v1/admin/queue/stats", """
                {"lanes":[{"name":"gpu","queues":[{"priority":5,"tenant":"demo","waiting":7,"weight":1}]}],
                 "live_tasks":{"queued":7},"open_campaigns":2}""");

        QueueCommand.show(edge.client(), out);

        assertThat(text().get(1)).matches("gpu +5 demo +7 +1");
        assertThat(text().get(2)).isEqualTo("open tasks {\"queued\":7}, open campaigns 2");
    }

    @Test
    void aMoveSaysItsReason() throws Exception {
        edge.answers("POST /api/v1/tasks/t1/pause", "{\"message\":\"the task pauses\"}");
        edge.answers("POST /api/v1/tasks/t1/resume", "{\"message\":\"the task goes on\"}");

        assertThat(MoveCommand.move(edge.client(), "t1", "pause", "lunch")).isEqualTo("the task pauses");
        MoveCommand.move(edge.client(), "t1", "resume", null);

        assertThat(edge.asked())
                .containsExactly(
                        "POST /api/v1/tasks/t1/pause {\"reason\":\"lunch\"}", "POST /api/v1/tasks/t1/resume {}");
    }

    @Test
    void onlyPauseAndStopTakeAReason() {
        CommandLine millrace = new CommandLine(CommandLine.Model.CommandSpec.create());
        MoveCommand.addTo(millrace);

        assertThat(millrace.getSubcommands().entrySet().stream()
                        .filter(move -> move.getValue().getCommandSpec().findOption("--reason") != null)
                        .map(move -> move.getKey()))
                .containsExactlyInAnyOrder("pause", "stop");
        assertThat(millrace.parseArgs("stop", "t1", "--reason", "too slow")
                        .subcommand()
                        .matchedOptionValue("--reason", ""))
                .isEqualTo("too slow");
    }

    private List<String> text() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
