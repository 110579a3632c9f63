package io.millrace.inference.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.flow.TaskLine;
import io.millrace.inference.picture.Files;
import io.millrace.schemas.artifact.ArtifactRef;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TagTest {
    @Test
    void picturesGetTagsWithScoresAndAFileEach() throws Exception {
        byte[] red = Files.png(flat(400, 200, new Color(0xD02020)));
        byte[] green = Files.png(flat(200, 400, new Color(0x1F9D45)));
        TaskLine line = new TaskLine("tag", """
            {"images": ["%s", {"image": "%s", "name": "shop/leaf.png"}], "threshold": 0.2}
            """.formatted(ArtifactRef.of(red), ArtifactRef.of(green)))
                .with(red)
                .with(green)
                .run();

        JsonNode result = line.result("finalizing");
        assertThat(tags(result, 0))
                .contains("landscape", "red", "plain background")
                .doesNotContain("green", "portrait");
        assertThat(tags(result, 1))
                .contains("portrait", "green", "plain background")
                .doesNotContain("red");
        assertThat(tags(result, 0)).contains("rating:safe");
        assertThat(result.path("files"))
                .extracting(file -> file.path("name").asText())
                .containsExactly("picture-1.txt", "leaf.txt", "tags.json");
        String text = new String(line.bytes(result.at("/files/1/url")), StandardCharsets.UTF_8);
        assertThat(text.strip().split(", ")).containsExactlyElementsOf(tags(result, 1));
        assertThat(result.path("counts").path("plain background").asInt()).isEqualTo(2);
        for (JsonNode tag : result.at("/items/0/tags")) {
            assertThat(tag.path("score").asDouble()).isBetween(0.2, 1.0);
        }
    }

    @Test
    void aThresholdAndALimitAreKept() throws Exception {
        byte[] red = Files.png(flat(400, 200, new Color(0xD02020)));
        TaskLine line = new TaskLine("tag", """
            {"images": ["%s"], "threshold": 0.9, "limit": 2}
            """.formatted(ArtifactRef.of(red)))
                .with(red)
                .run();

        assertThat(line.result("finalizing").at("/items/0/tags"))
                .hasSize(2)
                .allSatisfy(tag -> assertThat(tag.path("score").asDouble()).isGreaterThanOrEqualTo(0.9));
    }

    @Test
    void aWrongWishNamesItsField() {
        assertThatThrownBy(() -> new TaskLine("tag", "{}").run()).hasMessageStartingWith("images must be");
        assertThatThrownBy(() -> new TaskLine("tag", "{\"images\": [\"cat.png\"]}").run())
                .hasMessageStartingWith("images[0] must be");
    }

    @Test
    void coloursHaveTheirNames() {
        assertThat(ColourWord.of(.9f, .1f, .1f)).isEqualTo(ColourWord.RED);
        assertThat(ColourWord.of(.95f, .55f, .1f)).isEqualTo(ColourWord.ORANGE);
        assertThat(ColourWord.of(.4f, .26f, .13f)).isEqualTo(ColourWord.BROWN);
        assertThat(ColourWord.of(.98f, .98f, .97f)).isEqualTo(ColourWord.WHITE);
        assertThat(ColourWord.of(.5f, .5f, .52f)).isEqualTo(ColourWord.GREY);
        assertThat(ColourWord.of(.05f, .05f, .06f)).isEqualTo(ColourWord.BLACK);
        assertThat(ColourWord.of(.15f, .3f, .85f)).isEqualTo(ColourWord.BLUE);
        assertThat(ColourWord.of(.5f, .2f, .7f)).isEqualTo(ColourWord.PURPLE);
        assertThat(ColourWord.of(1f, .7f, .75f)).isEqualTo(ColourWord.PINK);
    }

    private static List<String> tags(JsonNode result, int index) {
        List<String> tags = new ArrayList<>();
        result.path("items")
                .get(index)
                .path("tags")
                .forEach(tag -> tags.add(tag.path("tag").asText()));
        return tags;
    }

    private static BufferedImage flat(int width, int height, Color colour) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return picture;
    }
}
