package io.millrace.inference.white;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.flow.TaskLine;
import io.millrace.inference.picture.Files;
import io.millrace.inference.white.Scenes.Ground;
import io.millrace.inference.white.Scenes.Scene;
import io.millrace.inference.white.Scenes.Thing;
import io.millrace.schemas.artifact.ArtifactRef;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From an uploaded product picture to the picture on white. */
class WhiteBackgroundTest {
    /** One ground for each thing and one thing for each ground, white labels, openings and shadows among them. */
    @ParameterizedTest
    @CsvSource({
        "BOTTLE,LIGHT",
        "BOTTLE,WOOD",
        "MUG,VIGNETTE",
        "SNEAKER,GRADIENT",
        "RING,PLAIN",
        "RING,PAPER",
        "LAMP,LIGHT",
        "BOX,WOOD"
    })
    void theMaskIsTheSubject(Thing thing, Ground ground) throws Exception {
        Scene scene = Scenes.scene(thing, ground);
        TaskLine line = task(scene, "");

        BufferedImage mask = picture(line, line.result("masking_subject").path("mask"));
        assertThat(scene.overlap(mask)).as(scene.name()).isGreaterThan(0.96);
    }

    @Test
    void thePictureIsWhiteCentredAndOfTheWantedSize() throws Exception {
        Scene scene = Scenes.scene(Thing.MUG, Ground.PLAIN);
        TaskLine line = task(scene, "\"size\": {\"width\": 640, \"height\": 480}, \"margin\": 10, \"format\": \"png\"");

        JsonNode result = line.result("composing");
        BufferedImage white = picture(line, result.path("url"));
        assertThat(List.of(white.getWidth(), white.getHeight())).containsExactly(640, 480);
        Rectangle place = place(result);
        assertThat(place.y).isBetween(46, 50);
        assertThat(place.x + place.width / 2).isBetween(318, 322);
        assertThat(place.y + place.height / 2).isBetween(238, 242);
        for (int x = 0; x < 640; x++) {
            assertThat(white.getRGB(x, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        }
        // Through the handle the white shows, and nothing of the blue ground is left around the red.
        int handle =
                white.getRGB(place.x + (int) (place.width * .775), place.y + (int) (place.height * .49)) & 0xFFFFFF;
        assertThat(handle).isEqualTo(0xFFFFFF);
        for (int y = place.y; y < place.y + place.height / 2; y++) {
            for (int x = place.x - 4; x < place.x + place.width; x++) {
                int rgb = white.getRGB(x, y);
                assertThat((rgb & 255) - (rgb >> 16 & 255))
                        .as("blue at %d, %d", x, y)
                        .isLessThan(12);
            }
        }
        assertThat(result.at("/images/0/kind").asText()).isEqualTo("white_background");
        assertThat(picture(line, result.at("/images/1/url")).getColorModel().hasAlpha())
                .isTrue();
        assertThat(line.lines).anyMatch(text -> text.startsWith("info picture of 540 x 540"));
    }

    @Test
    void aShadowLiesAtTheFootOfTheSubjectAndNowhereElse() throws Exception {
        Scene scene = Scenes.scene(Thing.BOX, Ground.PLAIN);
        TaskLine none = task(scene, "\"shadow\": \"none\", \"format\": \"png\"");
        TaskLine soft = task(scene, "\"shadow\": \"soft\", \"format\": \"png\"");

        Rectangle place = place(soft.result("composing"));
        BufferedImage with = picture(soft, soft.result("composing").path("url"));
        BufferedImage without = picture(none, none.result("composing").path("url"));
        int x = place.x + place.width / 2;
        int under = place.y + place.height + 8;
        assertThat(without.getRGB(x, under) & 255).isGreaterThan(250);
        assertThat(with.getRGB(x, under) & 255).isLessThan(235);
        assertThat(with.getRGB(x, 10) & 255).isEqualTo(255);
    }

    @Test
    void whatCannotBeWorkedWithNamesTheField() throws Exception {
        byte[] plain = Files.png(new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB));
        String ref = ArtifactRef.of(plain).toString();
        assertThatThrownBy(() -> new TaskLine("white_background", "{}").run())
                .hasMessageStartingWith("image is missing");
        assertThatThrownBy(() -> new TaskLine("white_background", "{\"image\": \"cat.png\"}").run())
                .hasMessageStartingWith("image must be a reference");
        assertThatThrownBy(() -> new TaskLine("white_background", "{\"image\": \"" + ref + "\"}").run())
                .hasMessageStartingWith("image names no artifact");
        assertThatThrownBy(() -> new TaskLine("white_background", "{\"image\": \"" + ref + "\"}")
                        .with(plain)
                        .run())
                .hasMessageContaining("nothing that stands out");
        assertThatThrownBy(() -> new TaskLine(
                                "white_background",
                                "{\"image\": \"" + ref
                                        + "\", \"subject\": {\"x\": 2, \"y\": 0, \"width\": 1, \"height\": 1}}")
                        .with(plain)
                        .run())
                .hasMessageStartingWith("subject must be");
        assertThatThrownBy(() -> task(Scenes.scene(Thing.BOX, Ground.PLAIN), "\"shadow\": \"long\""))
                .hasMessageStartingWith("shadow must be");
    }

    /** Not a check: every thing on every ground, for people to look at. */
    @Test
    @EnabledIfSystemProperty(named = "whites", matches = ".+", disabledReason = "set -Dwhites=FOLDER to paint them")
    void paintsAllScenes() throws Exception {
        Path folder = java.nio.file.Files.createDirectories(Path.of(System.getProperty("whites")));
        for (Scene scene : Scenes.all()) {
            TaskLine line = task(scene, "");
            ImageIO.write(
                    scene.picture(),
                    "png",
                    folder.resolve(scene.name() + " before.png").toFile());
            ImageIO.write(
                    picture(line, line.result("composing").path("url")),
                    "png",
                    folder.resolve(scene.name() + ".png").toFile());
        }
    }

    private static Rectangle place(JsonNode result) {
        JsonNode place = result.path("placement");
        return new Rectangle(
                place.path("x").asInt(),
                place.path("y").asInt(),
                place.path("width").asInt(),
                place.path("height").asInt());
    }

    private static TaskLine task(Scene scene, String more) throws Exception {
        byte[] file = Files.png(scene.picture());
        String params = "{\"image\": \"" + ArtifactRef.of(file) + "\"" + (more.isEmpty() ? "" : ", " + more) + "}";
        return new TaskLine("white_background", params).with(file).run();
    }

    private static BufferedImage picture(TaskLine line, JsonNode ref) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(line.bytes(ref)));
    }
}
