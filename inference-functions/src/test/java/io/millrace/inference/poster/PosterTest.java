package io.millrace.inference.poster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.poster.scene.Pictures;
import io.millrace.schemas.artifact.ArtifactRef;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The nine functions in the order of the workflow, with their real models. */
final class PosterTest {
    private static final String SAMPLE = """
        {"prompt": "创建一个蓝色商务风格的招聘海报，包含公司logo和职位信息", "style": "business", "size": {"width": 1080, "height": 1920},
         "elements": [{"type": "text", "content": "诚聘英才", "position": "top", "style": {"fontSize": 48, "fontWeight": "bold"}},
          {"type": "text", "content": "高级软件工程师", "position": "center", "style": {"fontSize": 36}}],
         "color_scheme": ["#1890ff", "#ffffff", "#f0f2f5"]}\
        """;

    private static PosterLine small(String prompt, int seed) throws Exception {
        ObjectNode params = Json.object();
        params.put("prompt", prompt).put("seed", seed);
        params.putObject("size").put("width", 540).put("height", 960);
        return new PosterLine(params);
    }

    @Test
    void theSamplePassesEveryCheckAndTellsWhatItIs() throws Exception {
        new PosterLine(SAMPLE).look(); // warm: the first run loads the models
        PosterLine line = new PosterLine(SAMPLE).run();
        System.out.println("poster 1080x1920 cpu_ms=" + line.total() + " " + line.millis);

        assertThat(line.facts(Phases.QUALITY)).containsEntry("passed", "true");
        assertThat(line.rounds).isZero();
        JsonNode result = line.result("finalizing");
        assertThat(Json.bytes(result).length).isLessThan(128 * 1024);
        assertThat(result.path("poster").path("title").asText()).isEqualTo("诚聘英才");
        int elements = different(result);
        assertThat(elements).isEqualTo(result.path("editable_elements").size() + 1);
        for (JsonNode image : result.path("images")) {
            byte[] bytes =
                    line.artifacts.read(ArtifactRef.parse(image.path("url").asText()));
            if (image.path("media_type").asText().equals("image/svg+xml")) {
                assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("<tspan", "诚聘英才");
                continue;
            }
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(bytes));
            assertThat(picture.getWidth()).isEqualTo(image.path("width").asInt());
        }
        assertThat(line.ticks).isSorted().hasSizeGreaterThan(20);
        assertThat(line.total()).as("processor time in ms").isLessThan(12_000);
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedAnotherPoster() throws Exception {
        PosterLine first = small("科技峰会邀请函", 1).look();
        PosterLine again = small("科技峰会邀请函", 1).look();
        PosterLine other = small("科技峰会邀请函", 2).look();

        assertThat(again.results).isEqualTo(first.results);
        assertThat(again.poster()).isEqualTo(first.poster());
        assertThat(other.poster()).isNotEqualTo(first.poster());
    }

    @Test
    void severalThreadsShareTheModelsAndGetTheSameBytes() throws Exception {
        byte[] alone = small("音乐会海报", 4).look().poster();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<byte[]>> posters = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                posters.add(threads.submit(() -> {
                    PosterLine line = small("音乐会海报", 4).look();
                    line.run(Phases.OCR, "ocr");
                    assertThat(line.facts(Phases.OCR)).containsEntry("recall", "1.000");
                    return line.poster();
                }));
            }
            for (Future<byte[]> poster : posters) {
                assertThat(poster.get(120, TimeUnit.SECONDS)).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void everyTextIsReadBackInBothLanguages() throws Exception {
        for (String prompt : new String[] {"Minimalist poster: piano course for kids", "可爱卡通的中秋节贺卡"}) {
            PosterLine line = small(prompt, 3).look();
            line.run(Phases.OCR, "ocr");
            assertThat(line.facts(Phases.OCR)).as("%s", line.result(Phases.OCR)).containsEntry("recall", "1.000");
        }
    }

    @Test
    void aHiddenTextIsNotFound() throws Exception {
        PosterLine line = small("招聘海报", 1).look();
        ObjectNode text = (ObjectNode) line.result(Phases.TEXT);
        BufferedImage poster = ImageIO.read(new ByteArrayInputStream(line.poster()));
        JsonNode headline = text.path("texts").findParents("role").stream()
                .filter(node -> node.path("role").asText().equals("headline"))
                .findFirst()
                .orElseThrow();
        Graphics2D graphics = poster.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(
                0,
                headline.path("box").path("y").asInt() - 8,
                540,
                headline.path("box").path("h").asInt() + 16);
        graphics.dispose();
        text.put("artifact", line.artifacts.put(Pictures.png(poster)).toString());

        line.run(Phases.OCR, "ocr");
        line.run(Phases.QUALITY, "quality");

        assertThat(line.facts(Phases.QUALITY)).containsEntry("passed", "false");
        assertThat(line.result(Phases.QUALITY).path("blamed").toString())
                .contains(headline.path("id").asText());
    }

    @Test
    void refiningBlamesARestlessBackgroundAndImprovesIt() throws Exception {
        PosterLine line = small("极简风格的瑜伽课程海报", 1).look();
        spoil(line);
        line.run(Phases.TEXT, "text");
        ((ObjectNode) line.result(Phases.TEXT)).putArray("scrims");
        line.assess();
        double before = line.result(Phases.QUALITY).path("overall").asDouble();
        assertThat(line.facts(Phases.QUALITY)).containsEntry("passed", "false");

        line.run(Phases.REFINE, "refine");
        assertThat(line.facts(Phases.REFINE)).containsEntry("back_to", Phases.BACKGROUND);
        line.run(Phases.BACKGROUND, "background");
        line.run(Phases.ELEMENTS, "elements");
        line.run(Phases.TEXT, "text");
        line.assess();

        assertThat(line.facts(Phases.QUALITY)).containsEntry("passed", "true");
        assertThat(line.result(Phases.QUALITY).path("overall").asDouble()).isGreaterThan(before + 0.1);
    }

    @Test
    void refiningMovesAnOrnamentOffTheText() throws Exception {
        PosterLine line = small("可爱卡通的儿童节海报", 1).look();
        JsonNode box = line.result(Phases.TEXT).path("texts").get(0).path("box");
        ObjectNode elements = (ObjectNode) line.result(Phases.ELEMENTS);
        int before = elements.path("ornaments").size();
        ObjectNode stray = elements.withArray("/ornaments").addObject();
        stray.put("id", "stray").put("name", "dot").put("type", "ellipse").put("path", "");
        stray.putObject("box")
                .put("x", box.path("x").asDouble())
                .put("y", box.path("y").asDouble() + 2)
                .put("w", 9)
                .put("h", 9);
        stray.putObject("look").put("opacity", 0.01);
        line.assess();
        line.run(Phases.REFINE, "refine");
        assertThat(line.facts(Phases.REFINE)).containsEntry("back_to", Phases.ELEMENTS);

        line.run(Phases.ELEMENTS, "elements");
        line.run(Phases.TEXT, "text");
        line.assess();
        assertThat(line.facts(Phases.QUALITY)).containsEntry("clear", "1.000");
        assertThat(line.result(Phases.ELEMENTS).path("ornaments").size()).isLessThan(before);
    }

    @Test
    void aColourOfTheUserStaysAndGetsAVeilWhenItNeedsOne() throws Exception {
        PosterLine line = new PosterLine("""
            {"prompt": "招聘", "style": "business", "size": {"width": 540, "height": 960}, "color_scheme": ["#1890ff"], "suggestions": false,
             "elements": [{"type": "text", "content": "深色文字", "style": {"color": "#0a2a5c", "fontSize": 40}}]}\
            """);
        line.look();
        JsonNode text = line.result(Phases.TEXT).path("texts").get(0);
        assertThat(text.path("color").asText()).isEqualTo("#0a2a5c");
        assertThat(text.path("contrast").asDouble()).isGreaterThan(4.5);
        boolean panel = line.result(Phases.LAYOUT).path("slots").get(0).has("panel");
        assertThat(panel || !line.result(Phases.TEXT).path("scrims").isEmpty()).isTrue();
    }

    @Test
    void aCancelStopsTheBackgroundBetweenStrips() throws Exception {
        PosterLine line = small("招聘海报", 1);
        line.run(Phases.INTENT, "intent");
        line.run(Phases.LAYOUT, "layout");
        line.unwantedAfter(8);
        assertThatThrownBy(() -> line.run(Phases.BACKGROUND, "background"))
                .isInstanceOf(PhaseFailure.class)
                .hasMessageContaining("nobody wants");
        assertThat(line.ticks.get(line.ticks.size() - 1))
                .as("stopped after a strip, before the last")
                .isBetween(0.21, 0.94);
    }

    @Test
    void aPhaseWithoutItsInputSaysWhatIsMissing() {
        assertThatThrownBy(() -> PosterLine.function("text")
                        .compute(new PhaseInput(Json.object(), java.util.Map.of(), 0), new PosterLine("{}").context()))
                .hasMessageContaining("results.parsing_intent");
    }

    @Test
    void partsOfNamedPicturesHaveIdsOfTheirOwn() throws Exception {
        ObjectNode params = Json.object().put("prompt", "科技峰会邀请函");
        params.putObject("size").put("width", 540).put("height", 960);
        for (String name : new String[] {"a photo", "a product"}) {
            params.withArray("/elements").addObject().put("type", "image").put("content", name);
        }
        JsonNode result = new PosterLine(params).run().result("finalizing");

        assertThat(different(result)).isEqualTo(result.path("editable_elements").size() + 1);
    }

    /** How many elements there are, each with an id of its own and in its layer. */
    private static int different(JsonNode result) {
        Set<String> ids = new HashSet<>();
        int elements = 0;
        for (JsonNode layer : result.path("layers")) {
            assertThat(ids.add(layer.path("id").asText())).isTrue();
            for (JsonNode element :
                    result.path("elements").path(layer.path("id").asText())) {
                assertThat(element.path("layer_id")).isEqualTo(layer.path("id"));
                assertThat(ids.add(element.path("id").asText())).isTrue();
                elements++;
            }
        }
        return elements;
    }

    private static void spoil(PosterLine line) {
        BufferedImage noise = new BufferedImage(540, 960, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        Graphics2D graphics = noise.createGraphics();
        for (int i = 0; i < 4000; i++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            graphics.fillOval(random.nextInt(540) - 20, random.nextInt(960) - 20, 40, 40);
        }
        graphics.dispose();
        ((ObjectNode) line.result(Phases.BACKGROUND))
                .put("artifact", line.artifacts.put(Pictures.png(noise)).toString());
    }
}
