package io.millrace.schemas.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionsTest {
    private static final String SOUND = """
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
        write("workflows/banner.yaml", SOUND);
        write("lanes.yaml", "lanes:\n  poster: {concurrency: 3}\n");

        Definitions definitions = Definitions.shippedAnd(folder);

        assertThat(definitions.workflow("banner").orElseThrow().phase(0).timeout())
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(definitions.lane("poster").concurrency()).isEqualTo(3);
        assertThat(definitions.workflow("poster")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lane: poster|lane: nowhere|workflow banner: lane names no lane: nowhere",
                "mark: 10|mark: 100|phases.draw.mark must be from 0 to 99",
                "mark: 10|mark: ten|phases[0].mark must be a whole number",
                "timeout: 20s|timeout: 20 seconds|phases[0].timeout must be a duration such as 500ms, 30s or 5m",
                "timeout: 20s|timeout: 61s|phases.draw.timeout must be at most 60s",
                "max_attempts: 2|max_attempts: 0|phases.draw.retry.max_attempts must be 1 or more",
                "name: draw|name: init|phases.draw is reserved",
                "version: 1|versoin: 1|version must be a whole number",
                "function: background|function: background, reads: [other]|mapping values are not allowed",
            })
    void aMistakeNamesFileAndField(String from, String to, String complaint) throws IOException {
        write("workflows/banner.yaml", SOUND.replace(from, to));
        String expected = complaint.replace("phases.draw is", "phases.init is");

        assertThatThrownBy(() -> Definitions.shippedAnd(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining(complaint.startsWith("workflow banner") ? "banner" : "banner.yaml");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
