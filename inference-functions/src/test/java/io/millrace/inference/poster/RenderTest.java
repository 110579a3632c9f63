package io.millrace.inference.poster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.schemas.artifact.ArtifactRef;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Posters drawn anew from their layers and elements. Pictures to look at are left in {@code target/renders}. */
class RenderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Elements hold tenths of pixels: edges of letters and forms move by less than one. */
    private static final double ROUNDING = 0.005;

    private static PosterLine line;
    private static ObjectNode made;

    @BeforeAll
    static void makeAPoster() throws Exception {
        line = new PosterLine("""
            {"prompt": "创建一个蓝色商务风格的招聘海报，包含公司logo和职位信息", "style": "business",
             "size": {"width": 1080, "height": 1920},
             "elements": [{"type": "text", "content": "诚聘英才", "position": "top", "style": {"fontSize": 48, "fontWeight": "bold"}},
                          {"type": "text", "content": "高级软件工程师", "position": "center", "style": {"fontSize": 36}}],
             "color_scheme": ["#1890ff", "#ffffff", "#f0f2f5"]}\
            """).run();
        made = scene(line.result("finalizing"));
    }

    /** As the edge makes it. */
    private static ObjectNode scene(JsonNode result) {
        ObjectNode scene = JSON.createObjectNode()
                .put("poster_id", result.path("poster_id").asText())
                .put("width", result.at("/poster/width").asInt())
                .put("height", result.at("/poster/height").asInt())
                .put("background", result.at("/poster/background").asText());
        for (JsonNode layer : result.path("layers")) {
            ObjectNode copy = layer.deepCopy();
            copy.set(
                    "elements",
                    result.path("elements").path(layer.path("id").asText()).deepCopy());
            scene.withArray("/layers").add(copy);
        }
        return scene;
    }

    private static PhaseOutput render(ObjectNode scene) throws Exception {
        String ref = line.artifacts
                .put(scene.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        ObjectNode params = JSON.createObjectNode().put("scene", ref);
        return PosterLine.function("render").compute(new PhaseInput(params, Map.of(), 0), line.context());
    }

    private static BufferedImage picture(PhaseOutput output, String name) throws Exception {
        byte[] png = line.artifacts.read(
                ArtifactRef.parse(output.output().at("/images/0/url").asText()));
        Files.createDirectories(Path.of("target", "renders"));
        Files.write(Path.of("target", "renders", name + ".png"), png);
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static BufferedImage edited(String name, Consumer<ObjectNode> edit) throws Exception {
        ObjectNode scene = made.deepCopy();
        edit.accept(scene);
        return picture(render(scene), name);
    }

    private static ObjectNode text(ObjectNode scene, String content) {
        for (JsonNode layer : scene.path("layers")) {
            for (JsonNode element : layer.path("elements")) {
                if (element.at("/content/text").asText().equals(content)) {
                    return (ObjectNode) element;
                }
            }
        }
        throw new AssertionError("no text " + content);
    }

    /** Share of pixels in which a channel differs by more than a sixteenth, inside and outside a box. */
    private static double[] difference(BufferedImage one, BufferedImage other, JsonNode box) {
        long[] differing = new long[2];
        long[] all = new long[2];
        double grow = 40;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                boolean inside = x >= box.path("x").asDouble() - grow
                        && x <= box.path("x").asDouble() + box.path("width").asDouble() + grow
                        && y >= box.path("y").asDouble() - grow
                        && y <= box.path("y").asDouble() + box.path("height").asDouble() + grow;
                int place = inside ? 0 : 1;
                all[place]++;
                int a = one.getRGB(x, y);
                int b = other.getRGB(x, y);
                boolean same = Math.abs((a >> 16 & 255) - (b >> 16 & 255)) <= 16
                        && Math.abs((a >> 8 & 255) - (b >> 8 & 255)) <= 16
                        && Math.abs((a & 255) - (b & 255)) <= 16;
                differing[place] += same ? 0 : 1;
            }
        }
        return new double[] {differing[0] / (double) Math.max(1, all[0]), differing[1] / (double) Math.max(1, all[1])};
    }

    private static BufferedImage original() throws Exception {
        return ImageIO.read(new ByteArrayInputStream(line.poster()));
    }

    @Test
    void whatNobodyEditedLooksAsItDid() throws Exception {
        BufferedImage again = picture(render(made), "unedited");

        double[] difference = difference(original(), again, JSON.createObjectNode());

        assertThat(difference[1]).isLessThan(ROUNDING);
    }

    @Test
    void newWordsChangeOnlyTheirPlace() throws Exception {
        JsonNode box = text(made, "诚聘英才").path("transform");
        render(made);
        BufferedImage changed = edited(
                "words", scene -> text(scene, "诚聘英才").withObject("/content").put("text", "期待你来"));

        double[] difference = difference(original(), changed, box);

        assertThat(difference[0]).isGreaterThan(0.02);
        assertThat(difference[1]).isLessThan(ROUNDING);
    }

    @Test
    void longerWordsStayOnThePosterAndSayThatTheyShrank() throws Exception {
        ObjectNode scene = made.deepCopy();
        text(scene, "诚聘英才").withObject("/content").put("text", "诚聘英才加入我们一起创造更美好的未来世界");

        PhaseOutput output = render(scene);

        picture(output, "long-words");
        assertThat(output.output().path("warnings").toString()).contains("text_shrunk");
    }

    @Test
    void hiddenLayersAndMovedPaintedTurnedElementsAreDrawnSo() throws Exception {
        BufferedImage bare = edited(
                "hidden", scene -> scene.path("layers").forEach(layer -> ((ObjectNode) layer).put("visible", false)));
        BufferedImage styled = edited("styled", scene -> {
            ObjectNode title = text(scene, "诚聘英才");
            title.withObject("/transform")
                    .put("y", 900)
                    .put("rotation", -12)
                    .put("scale_x", 1.2)
                    .put("scale_y", 1.2);
            title.withObject("/style").putObject("fill").put("type", "gradient");
            title.withObject("/style/fill")
                    .putObject("gradient")
                    .put("type", "linear")
                    .put("angle", 90);
            title.withObject("/style/fill/gradient").putArray("stops");
            title.withObject("/style/fill/gradient")
                    .withArray("/stops")
                    .addObject()
                    .put("offset", 0)
                    .put("color", "#ff4d4f");
            title.withObject("/style/fill/gradient")
                    .withArray("/stops")
                    .addObject()
                    .put("offset", 1)
                    .put("color", "#faad14");
            title.withObject("/style")
                    .putObject("stroke")
                    .put("color", "#ffffff")
                    .put("width", 14);
            title.withObject("/style")
                    .putObject("shadow")
                    .put("color", "rgba(0,0,0,0.6)")
                    .put("offset_y", 14)
                    .put("blur", 24);
            text(scene, "高级软件工程师").withObject("/style").put("blend_mode", "multiply");
        });

        assertThat(bare.getRGB(540, 960) & 0xffffff).isEqualTo(0xffffff);
        assertThat(difference(original(), styled, JSON.createObjectNode())[1]).isGreaterThan(0.02);
    }

    @Test
    void aPosterNobodyGeneratedIsDrawnFromWhatItSays() throws Exception {
        ObjectNode scene = (ObjectNode) JSON.readTree("""
            {"poster_id": "p", "width": 600, "height": 800, "background": "linear-gradient(180deg, #1890ff 0%, #096dd9 100%)",
             "layers": [
              {"id": "l1", "type": "content", "opacity": 1, "visible": true, "elements": [
               {"id": "card", "type": "shape", "transform": {"x": 60, "y": 200, "width": 480, "height": 400},
                "style": {"opacity": 0.9, "fill": {"type": "solid", "color": "#ffffff"}, "stroke": {"color": "#e8e8e8", "width": 1},
                          "shadow": {"color": "rgba(0,0,0,0.1)", "offset_x": 0, "offset_y": 10, "blur": 30}},
                "content": {"shape_type": "rounded_rect",
                 "shape_path": "M20,0 L460,0 Q480,0 480,20 L480,380 Q480,400 460,400 L20,400 Q0,400 0,380 L0,20 Q0,0 20,0 Z"}},
               {"id": "ring", "type": "shape", "transform": {"x": 240, "y": 60, "width": 100, "height": 100},
                "style": {"fill": {"type": "solid", "color": "#ffd666"}, "filters": [{"type": "hue_rotate", "value": 90}]},
                "content": {"shape_type": "path", "view_box": "0 0 24 24", "shape_path": "m12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z"}}]},
              {"id": "l2", "type": "content", "opacity": 0.5, "blend_mode": "multiply", "visible": true, "elements": [
               {"id": "title", "type": "text", "transform": {"x": 80, "y": 300, "width": 440, "height": 80},
                "style": {"fill": {"type": "solid", "color": "#eeeeee"},
                          "text_style": {"font_size": 48, "font_weight": "bold", "text_align": "right", "text_decoration": "underline"}},
                "content": {"text": "Open day"}}]}]}\
            """);

        PhaseOutput output = render(scene);

        BufferedImage picture = picture(output, "by-hand");
        assertThat(picture.getRGB(5, 5) & 0xffffff).isBetween(0x0a7000, 0x1991ff);
        // Nine tenths of white over the blue, and a shadow of the card below it.
        assertThat(picture.getRGB(300, 500) & 0xff).isGreaterThan(0xf0);
        assertThat(picture.getRGB(290, 110) & 0xffffff).isNotEqualTo(0xffd666);
        assertThat(output.output().path("warnings").toString()).contains("low_contrast");
    }

    private static ObjectNode nested(int depth, int times) {
        ObjectNode scene = JSON.createObjectNode().put("width", 400).put("height", 400);
        ArrayNode elements = scene.putArray("layers").addObject().put("id", "l").putArray("elements");
        for (int i = 0; i < depth; i++) {
            ObjectNode group = elements.addObject().put("id", "g" + i).put("type", "group");
            group.putObject("style").put("opacity", 0.9);
            ArrayNode children = group.putObject("content").putArray("children");
            for (int t = 0; t < times; t++) {
                children.add("g" + (i + 1));
            }
        }
        ObjectNode square = elements.addObject().put("id", "g" + depth).put("type", "shape");
        square.putObject("transform").put("x", 0).put("y", 0).put("width", 400).put("height", 400);
        square.putObject("style").putObject("fill").put("type", "solid").put("color", "#000000");
        square.putObject("content").put("shape_type", "rect");
        return scene;
    }

    @Test
    void groupsInsideEachOtherAreDrawnOnceAndNotTooDeep() throws Exception {
        BufferedImage twice = picture(render(nested(8, 2)), "nested");

        assertThat(twice.getRGB(200, 200) & 0xff)
                .as("black seen through eight groups of opacity 0.9")
                .isCloseTo((int) (255 * (1 - Math.pow(0.9, 8))), within(4));
        assertThatThrownBy(() -> render(nested(50, 1)))
                .isInstanceOf(PhaseFailure.class)
                .hasMessageContaining("at most 8 can stand inside each other");
    }

    @Test
    void dashesTooFineToBeSeenAreALine() throws Exception {
        ObjectNode scene = nested(0, 0).put("width", 3000).put("height", 3000);
        ObjectNode square = (ObjectNode) scene.at("/layers/0/elements/0");
        square.withObject("/transform")
                .put("x", 100)
                .put("y", 100)
                .put("width", 2800)
                .put("height", 2800);
        square.withObject("/style/fill").put("color", "#ffffff");
        square.withObject("/style/stroke").put("color", "#000000").put("width", 20);
        square.withObject("/style/stroke").putArray("dash_array").add(0.001).add(0.001);

        assertThat(picture(render(scene), "fine-dashes").getRGB(1500, 100) & 0xffffff)
                .isZero();
    }

    @Test
    void whatTheFontLacksIsNamed() {
        ObjectNode scene = made.deepCopy();
        text(scene, "诚聘英才").withObject("/content").put("text", "Ω≋☃");

        assertThatThrownBy(() -> render(scene))
                .isInstanceOf(PhaseFailure.class)
                .hasMessageContaining("content.text of element elem_")
                .hasMessageContaining("☃");
    }
}
