package io.millrace.inference.cover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.flow.TaskLine;
import io.millrace.schemas.artifact.ArtifactRef;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Covers, from their parameters to the picture. */
class CoverTest {
    @Test
    void aCoverIsAPictureOfTheWantedSizeWithItsTitle() throws Exception {
        TaskLine line = cover("""
                {"title": "Kafka in 4 weeks", "subtitle": "7 concepts", "roadmap_id": "task_1", "size": "640x360", "style": "minimalist"}
                """);

        JsonNode result = line.result("finalizing");
        assertThat(result.path("title").asText()).isEqualTo("Kafka in 4 weeks");
        assertThat(result.path("subtitle").asText()).isEqualTo("7 concepts");
        assertThat(result.path("roadmap_id").asText()).isEqualTo("task_1");
        assertThat(result.path("style").asText()).isEqualTo("minimalist");
        assertThat(line.result("parsing_intent").path("texts"))
                .extracting(text -> text.path("role").asText())
                .containsExactly("kicker", "headline", "subtitle");
        assertThat(result.path("media_type").asText()).isEqualTo("image/jpeg");
        assertThat(result.at("/images/0/kind").asText()).isEqualTo("cover");
        assertThat(result.at("/images/0/url").asText())
                .isEqualTo(result.path("url").asText())
                .startsWith("sha256:");
        BufferedImage picture = picture(line);
        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(640, 360);
        assertThat(List.of(result.path("width").asInt(), result.path("height").asInt()))
                .containsExactly(640, 360);
        assertThat(Double.parseDouble(line.fact("rendering_text", "least_contrast")))
                .isGreaterThan(4.4);
    }

    @Test
    void theTitleIsTheLargestTextHoweverLongItIs() throws Exception {
        String title = "Event streaming from the first topic to exactly once";
        TaskLine line = cover("{\"title\": \"" + title + "\", \"subtitle\": \"Kafka\", \"size\": \"640x360\"}");

        JsonNode texts = line.result("generating_background").at("/layout/slots");
        double most = 0;
        String largest = "";
        for (JsonNode slot : texts) {
            double size = slot.findPath("size").asDouble();
            if (size > most) {
                most = size;
                largest = slot.path("role").asText();
            }
        }
        assertThat(largest).as("%s", texts).isEqualTo("headline");
    }

    @Test
    void theSameParametersGiveTheSameBytesAndAnotherSeedAnotherPicture() throws Exception {
        String params = "{\"title\": \"四周学会插花\", \"size\": {\"width\": 480, \"height\": 480}, \"seed\": %d}";

        String one = cover(params.formatted(1)).result("finalizing").path("url").asText();
        String again =
                cover(params.formatted(1)).result("finalizing").path("url").asText();
        String other =
                cover(params.formatted(2)).result("finalizing").path("url").asText();

        assertThat(again).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void whatCannotBeDrawnNamesTheField() {
        assertThatThrownBy(() -> cover("{}")).hasMessageStartingWith("title is missing");
        assertThatThrownBy(() -> cover("{\"title\": \"x\", \"size\": \"big\"}")).hasMessageStartingWith("size must be");
        assertThatThrownBy(() -> cover("{\"title\": \"x\", \"size\": {\"width\": 10, \"height\": 500}}"))
                .hasMessageContaining("size.width");
        assertThatThrownBy(() -> cover("{\"title\": \"x\", \"style\": \"baroque\"}"))
                .hasMessageContaining("style must be");
        assertThatThrownBy(() -> cover("{\"title\": \"" + "x".repeat(200) + "\"}"))
                .hasMessageStartingWith("title has 200");
    }

    /** Not a check: paints covers for people to look at. */
    @Test
    @EnabledIfSystemProperty(named = "covers", matches = ".+", disabledReason = "set -Dcovers=FOLDER to paint them")
    void paintsCovers() throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("covers")));
        List<String> all = List.of(
                "{\"title\": \"Kafka in 4 weeks\", \"subtitle\": \"7 concepts, 24 hours\", \"roadmap_id\": \"r\"}",
                "{\"title\": \"插花：4周学习路线\", \"subtitle\": \"从选花到一次委托\", \"roadmap_id\": \"r\", \"style\": \"minimalist\"}",
                "{\"title\": \"Python for everyday work\", \"subtitle\": \"From the first line to a tool of your own\", \"style\": \"cartoon\"}",
                "{\"title\": \"机器学习：26周学习路线\", \"subtitle\": \"七个概念\", \"roadmap_id\": \"r\", \"style\": \"business\"}",
                "{\"title\": \"Half marathon\", \"subtitle\": \"16 weeks, 4 hours a week\", \"size\": \"900x900\"}",
                "{\"title\": \"Portrait photography\", \"size\": \"720x1080\", \"style\": \"minimalist\", \"roadmap_id\": \"r\"}",
                "{\"title\": \"Event streaming from the first topic to exactly once\", \"subtitle\": \"Apache Kafka\", \"seed\": 4}",
                "{\"title\": \"Guitar\", \"style\": \"business\", \"seed\": 3}");
        for (int i = 0; i < all.size(); i++) {
            ImageIO.write(
                    picture(cover(all.get(i))),
                    "png",
                    folder.resolve(i + ".png").toFile());
        }
    }

    private static BufferedImage picture(TaskLine line) throws Exception {
        String url = line.result("finalizing").path("url").asText();
        return ImageIO.read(new ByteArrayInputStream(line.artifacts.read(ArtifactRef.parse(url))));
    }

    private static TaskLine cover(String params) throws Exception {
        return new TaskLine("cover_image", params).run();
    }
}
