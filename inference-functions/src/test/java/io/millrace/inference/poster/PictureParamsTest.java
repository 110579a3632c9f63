package io.millrace.inference.poster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.picture.Files;
import io.millrace.inference.picture.Uploaded;
import io.millrace.inference.poster.colour.Oklch;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.elements.ElementsFunction;
import io.millrace.inference.poster.scene.Pictures;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.schemas.task.ErrorCode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploaded pictures as parameters: a logo, a reference. */
class PictureParamsTest {
    private static final Color MAGENTA = new Color(0xE0, 0x10, 0xC0);
    private static final Rgb RED = new Rgb(0xFF0000);
    private static final Color TEAL = new Color(0x10, 0x80, 0x78);

    private static PosterLine line(String prompt, String field, BufferedImage picture) throws Exception {
        return line(prompt, field, Pictures.png(picture));
    }

    private static PosterLine line(String prompt, String field, byte[] file) throws Exception {
        ObjectNode params = new ObjectMapper().createObjectNode().put("prompt", prompt);
        params.putObject("size").put("width", 540).put("height", 960);
        PosterLine line = new PosterLine(params);
        String ref = line.artifacts.put(file).toString();
        if (field.equals("reference")) {
            params.putArray(field).add(ref);
        } else {
            params.put(field, ref);
        }
        return line;
    }

    private static BufferedImage filled(int width, int height, Color colour) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return picture;
    }

    private static JsonNode logo(PosterLine line) {
        for (JsonNode panel : line.result(Phases.ELEMENTS).path("panels")) {
            if (panel.path("name").asText().equals("logo")) {
                return panel;
            }
        }
        throw new AssertionError("no logo");
    }

    private static void assertDrawn(PosterLine line) throws Exception {
        JsonNode logo = logo(line);
        assertThat(logo.path("type").asText()).isEqualTo("image");
        JsonNode box = logo.path("box");
        assertThat(box.path("w").asDouble() / box.path("h").asDouble()).isBetween(1.9, 2.1);
        BufferedImage poster = ImageIO.read(new ByteArrayInputStream(line.poster()));
        int x = (int) (box.path("x").asDouble() + box.path("w").asDouble() / 2);
        int y = (int) (box.path("y").asDouble() + box.path("h").asDouble() / 2);
        assertThat(new Color(poster.getRGB(x, y))).isEqualTo(MAGENTA);
    }

    @Test
    void theLogoStandsWhereTheEmblemWould() throws Exception {
        assertDrawn(line("创建一个蓝色商务风格的招聘海报，包含公司logo和职位信息", "logo", filled(200, 100, MAGENTA))
                .look());
    }

    @Test
    void withoutAPlaceForItTheLogoTakesAFreeCorner() throws Exception {
        assertDrawn(line("A minimalist poster for a spring sale", "logo", filled(200, 100, MAGENTA))
                .look());
    }

    @ParameterizedTest
    @CsvSource({"parsing_intent,intent,reference,reference[0]", "generating_elements,elements,logo,logo"})
    void aPictureThatCannotBeReadIsRefusedAtOnceByName(String phase, String function, String field, String named)
            throws Exception {
        byte[] cut = Arrays.copyOf(Pictures.png(filled(300, 300, TEAL)), 120);
        PosterLine line = line("a poster for a concert", field, cut);
        if (phase.equals(Phases.ELEMENTS)) {
            line.run(Phases.INTENT, "intent");
            line.run(Phases.LAYOUT, "layout");
            line.run(Phases.BACKGROUND, "background");
        }

        assertThatThrownBy(() -> line.run(phase, function))
                .isInstanceOfSatisfying(
                        PhaseFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_INPUT))
                .hasMessageStartingWith(named + " cannot be read as a picture");
    }

    @Test
    void manyLargePicturesAreReadSmall() throws Exception {
        PosterLine line = line("a poster for a concert", "logo", filled(300, 300, TEAL));
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            BufferedImage large = new BufferedImage(2000, 1400 + i, BufferedImage.TYPE_BYTE_BINARY);
            String ref = line.artifacts.put(Files.png(large)).toString();
            shapes.add(new Shape(
                    "x" + i, "image", Shape.Type.IMAGE, new Rect(0, 0, 100, 100), ref, Shape.Look.filled(RED, 1)));
        }

        Map<String, BufferedImage> one = ElementsFunction.pictures(List.of(), List.of(shapes.get(0)), line.context());
        Map<String, BufferedImage> all = ElementsFunction.pictures(shapes, shapes, line.context());

        assertThat(pixels(one)).isLessThanOrEqualTo(Uploaded.KEPT_PIXELS);
        assertThat(all).hasSize(8);
        assertThat(pixels(all)).isLessThanOrEqualTo(4L * Uploaded.KEPT_PIXELS);
    }

    private static long pixels(Map<String, BufferedImage> pictures) {
        return pictures.values().stream()
                .mapToLong(picture -> (long) picture.getWidth() * picture.getHeight())
                .sum();
    }

    @Test
    void aReferenceLendsItsColours() throws Exception {
        BufferedImage picture = filled(300, 300, TEAL);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 300, 90);
        graphics.dispose();
        PosterLine line = line("a poster for a concert", "reference", picture);

        line.run(Phases.INTENT, "intent");

        assertThat(line.fact(Phases.INTENT, "colors_from")).isEqualTo("reference");
        Rgb first = Rgb.of(line.result(Phases.INTENT).at("/colors/0").asText());
        assertThat(Math.abs(
                        Oklch.of(first).hue() - Oklch.of(new Rgb(TEAL.getRGB())).hue()))
                .isLessThan(12);
    }
}
