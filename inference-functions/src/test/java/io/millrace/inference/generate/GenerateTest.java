package io.millrace.inference.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.flow.TaskLine;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.schemas.task.ErrorCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class GenerateTest {
    private static final String SMALL = "\"size\": {\"width\": 320, \"height\": 256}";

    @Test
    void aSetHasAsManyPicturesAsAskedForEachFromItsOwnSeed() throws Exception {
        TaskLine line =
                task("{\"prompt\": \"green hills, fresh and calm\", \"count\": 3, \"seed\": 40, " + SMALL + "}");

        JsonNode result = line.result("finalizing");
        assertThat(result.path("images")).hasSize(3);
        assertThat(result.path("images"))
                .extracting(image -> image.path("seed").asLong())
                .containsExactly(40L, 41L, 42L);
        HashSet<String> different = new HashSet<>();
        for (JsonNode image : result.path("images")) {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(line.bytes(image.path("url"))));
            assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(320, 256);
            different.add(image.path("url").asText());
        }
        assertThat(different).hasSize(3);
        assertThat(result.path("failed")).isEmpty();
        assertThat(result.at("/model_info/description").asText()).contains("no people, things or places");
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws Exception {
        String params = "{\"prompt\": \"山间晨雾\", \"seeds\": [7], " + SMALL + "}";

        assertThat(task(params).result("finalizing").path("url"))
                .isEqualTo(task(params).result("finalizing").path("url"));
    }

    @Test
    void aConfigurationGivesWhatTheTaskDoesNotSayAndOverrideHasTheLastWord() throws Exception {
        TaskLine line = new TaskLine(
                        "generate",
                        "{\"prompt\": \"sea\", \"config_id\": \"texture\", \"count\": 1, \"override\": {\"size\":"
                                + " {\"height\": 300, \"width\": 256}}}")
                .run();

        JsonNode picture = line.result("planning").at("/pictures/0");
        assertThat(line.result("planning").path("pictures")).hasSize(1);
        assertThat(picture.path("look").asText()).isEqualTo("marble");
        assertThat(picture.path("width").asInt()).isEqualTo(256);
        assertThat(picture.path("height").asInt()).isEqualTo(300);
    }

    @Test
    void aWrongWishNamesItsField() {
        assertThatThrownBy(() -> task("{}")).hasMessageStartingWith("prompt is missing");
        assertThatThrownBy(() -> task("{\"prompt\": \"a\", \"config_id\": \"nope\"}"))
                .hasMessageStartingWith("config_id names no configuration; there are [wallpaper");
        assertThatThrownBy(() -> task("{\"prompt\": \"a\", \"look\": \"cubist\"}"))
                .hasMessageStartingWith("look must be");
        assertThatThrownBy(() -> task("{\"prompt\": \"a\", \"count\": 17}")).hasMessageStartingWith("count must be");
        assertThatThrownBy(() -> task("{\"prompt\": \"a\", \"model\": \"diffusion\"}"))
                .hasMessage("model names no model of this installation; there are [pattern]");
    }

    @Test
    void aPainterThatCouldNotBeLoadedFailsOnlyThoseWhoNameIt() throws Exception {
        Painters painters = new Painters(Map.of(), Map.of("diffusion", "IOException: no weights"));

        assertThatThrownBy(() -> painters.named("diffusion"))
                .isInstanceOfSatisfying(
                        PhaseFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("no weights");
        assertThatThrownBy(() -> painters.named("pattern")).hasMessageContaining("names no model");
    }

    /** Not a check: paints every look for people to look at. */
    @Test
    @EnabledIfSystemProperty(
            named = "generated",
            matches = ".+",
            disabledReason = "set -Dgenerated=FOLDER to paint them")
    void paintsLooks() throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("generated")));
        for (Look look : Look.values()) {
            TaskLine line = task("{\"prompt\": \"warm autumn evening, orange and deep blue\", \"look\": \""
                    + look.label() + "\", \"seed\": 3, \"size\": {\"width\": 768, \"height\": 512}}");
            Files.write(
                    folder.resolve(look.label() + ".png"),
                    line.bytes(line.result("finalizing").path("url")));
        }
    }

    private static TaskLine task(String params) throws Exception {
        return new TaskLine("generate", params).run();
    }
}
