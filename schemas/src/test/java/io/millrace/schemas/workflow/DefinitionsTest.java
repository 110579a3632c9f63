package io.millrace.schemas.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsTest {
    private static final String BANNER = """
            type: banner
            version: 1
            lane: poster
            phases:
              - name: draw
                function: background
                mark: 10
                timeout: 20s
                retry: {max_attempts: 2, backoff: 250ms}
                message: {en: Drawing, zh: 绘制}
            """;

    @TempDir
    private Path folder;

    @Test
    void thePosterHasTheMarksOfItsDocument() {
        Workflow poster = Definitions.shipped().workflow("poster_generation").orElseThrow();

        assertThat(poster.type()).isEqualTo("poster");
        assertThat(poster.phases().stream().map(phase -> phase.name() + " " + phase.mark()))
                .containsExactly(
                        "parsing_intent 10",
                        "generating_layout 20",
                        "generating_background 40",
                        "generating_elements 60",
                        "rendering_text 80",
                        "checking_ocr 85",
                        "assessing_quality 90",
                        "refining 92",
                        "finalizing 95");
    }

    @Test
    void aFolderAddsWorkflowsAndLanes() throws IOException {
        write("workflows/banner.yaml", BANNER);
        write("lanes.yaml", "lanes:\n  poster: {concurrency: 3}\n");

        Definitions definitions = Definitions.shippedAnd(folder);

        assertThat(definitions.workflow("banner").orElseThrow().phase(0).timeout())
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(definitions.lane("poster").concurrency()).isEqualTo(3);
        assertThat(definitions.workflow("poster")).isPresent();
    }

    @Test
    void versionsStandSideBySideAndNewTasksTakeTheNewest() throws IOException {
        write("workflows/old.yaml", BANNER.replace("version: 1", "version: 1\naliases: [flag]"));
        write("workflows/a-new-one.yaml", BANNER.replace("version: 1", "version: 2\naliases: [flag, streamer]"));

        Definitions definitions = Definitions.shippedAnd(folder);

        assertThat(definitions.workflow("banner").orElseThrow().version()).isEqualTo(2);
        assertThat(definitions.workflow("streamer").orElseThrow().version()).isEqualTo(2);
        assertThat(definitions.workflow("banner", 1).orElseThrow().version()).isEqualTo(1);
        assertThat(definitions.workflow("banner", 3)).isEmpty();
        assertThat(definitions.workflows().stream().map(workflow -> workflow.type() + " " + workflow.version()))
                .containsSubsequence("banner 1", "banner 2", "poster 1");
    }

    @Test
    void oneTypeAndVersionIsDefinedOnce() throws IOException {
        write("workflows/a.yaml", BANNER);
        write("workflows/b.yaml", BANNER);

        assertThatThrownBy(() -> Definitions.shippedAnd(folder))
                .hasMessageContaining("b.yaml:2: version 1 of type banner is already defined in ")
                .hasMessageContaining("a.yaml");
    }

    @Test
    void aFolderReplacesWhatShips() throws IOException {
        write("workflows/poster.yaml", BANNER.replace("banner", "poster"));

        Definitions definitions = Definitions.shippedAnd(folder);

        assertThat(definitions.workflow("poster").orElseThrow().phases()).hasSize(1);
    }

    @Test
    void anAliasOfTwoTypesIsRefused() throws IOException {
        write("workflows/banner.yaml", BANNER.replace("version: 1", "version: 1\naliases: [poster_generation]"));

        assertThatThrownBy(() -> Definitions.shippedAnd(folder)).hasMessageContaining("poster_generation");
    }

    @Test
    void tenantsHaveSharesOfALane() throws IOException {
        write("lanes.yaml", """
                lanes:
                  poster:
                    concurrency: 10
                    default_cap: 4
                    tenants:
                      big: {weight: 3, cap: 8}
                      small: {weight: 2}
                  train: {concurrency: 1}
                """);

        Definitions definitions = Definitions.shippedAnd(folder);

        Lane poster = definitions.lane("poster");
        assertThat(poster.weight("big")).isEqualTo(3);
        assertThat(poster.cap("big")).isEqualTo(8);
        assertThat(poster.cap("small")).isEqualTo(Lane.NO_CAP);
        assertThat(poster.weight("anyone")).isEqualTo(1);
        assertThat(poster.cap("anyone")).isEqualTo(4);
        assertThat(definitions.lane("train").cap("anyone")).isEqualTo(Lane.NO_CAP);
    }

    @Test
    void aFunctionMayHaveAnAddressAndBoundsOfItsOwn() throws IOException {
        write("functions.yaml", """
                functions:
                  upscale: {url: "http://gpu-7:9000/invoke", slots: 3, batch: 2, max_wait: 40ms}
                """);

        Definitions definitions = Definitions.shippedAnd(folder);

        assertThat(definitions.function("upscale"))
                .isEqualTo(new FunctionEndpoint(
                        "upscale", URI.create("http://gpu-7:9000/invoke"), 3, 2, Duration.ofMillis(40)));
        assertThat(definitions.function("background"))
                .isEqualTo(new FunctionEndpoint("background", null, 0, 2, Duration.ZERO));
        assertThat(definitions.functions()).hasSizeGreaterThan(9);
    }

    @Test
    void everyFieldOfAPhaseIsRead() throws IOException {
        write("workflows/course.yaml", """
                type: course
                version: 1
                lane: poster
                phases:
                  - name: outline
                    function: layout
                    mark: 10
                    timeout: 20s
                    params: [topic, level]
                    bucket: [level]
                    max_wait: 25ms
                    retry: {max_attempts: 2, backoff: 250ms}
                    message: {en: Outlining, zh: 大纲}
                  - name: chapters
                    function: text
                    mark: 30
                    timeout: 20s
                    reads: [outline]
                    for_each: {phase: outline, field: chapters, concurrency: 4, max_items: 50, partial: allowed}
                    retry: {max_attempts: 2, backoff: 250ms}
                    message: {en: Writing, zh: 编写}
                  - name: review
                    mark: 90
                    external: {lease: 10m}
                    retry: {max_attempts: 2, backoff: 1s}
                    message: {en: Reviewing, zh: 审阅}
                """);

        Workflow course = Definitions.shippedAnd(folder).workflow("course").orElseThrow();

        assertThat(course.phase(0).input().params()).containsExactly("topic", "level");
        assertThat(course.phase(0).batch())
                .isEqualTo(new Phase.Batch(64, Duration.ofMillis(25), java.util.List.of("level")));
        assertThat(course.phase(1).flow().forEach()).isEqualTo(new Phase.ForEach("outline", "chapters", 4, 50, true));
        assertThat(course.phase(1).input().params()).isNull();
        assertThat(course.phase(2).function()).isNull();
        assertThat(course.phase(2).flow().external()).isEqualTo(new Phase.External(Duration.ofMinutes(10)));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
