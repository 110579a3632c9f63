package io.millrace.inference.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Excerpt;
import io.millrace.inference.data.Json;
import io.millrace.inference.flow.TaskLine;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.head.Head;
import io.millrace.inference.model.head.HeadFile;
import io.millrace.inference.store.OutputCheck;
import io.millrace.inference.store.RunArtifacts;
import io.millrace.schemas.artifact.ArtifactRef;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifyTest {
    @Test
    void textsFindTheirLabelInBothLanguages() throws Exception {
        TaskLine line = new TaskLine("classify", """
            {"texts": ["我的快递三天了还没到", "The handle broke off on the first day", "可以开增值税发票吗", "When will my parcel arrive?",
                       "这个杯子收到就碎了", "I need an invoice for my company"],
             "labels": [{"label": "物流", "examples": ["包裹什么时候到", "delivery is late"]},
                        {"label": "质量", "examples": ["东西坏了", "the product is broken"]},
                        {"label": "发票", "examples": ["开发票", "invoice and billing"]}]}
            """).run();

        JsonNode items = line.result("classifying").path("items");
        assertThat(items)
                .extracting(item -> item.path("label").asText())
                .containsExactly("物流", "质量", "发票", "物流", "质量", "发票");
        for (JsonNode item : items) {
            double sum = 0;
            for (JsonNode score : item.path("scores")) {
                sum += score.path("score").asDouble();
            }
            assertThat(sum).isBetween(0.999, 1.001);
        }
        assertThat(line.result("classifying").path("counts").path("质量").asInt()).isEqualTo(2);
    }

    @Test
    void longTextsComeBackAsTheirBeginnings() throws Exception {
        StringBuilder texts = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            texts.append(i == 0 ? "" : ",")
                    .append('"')
                    .append("到货晚了😀".repeat(570))
                    .append('"');
        }
        TaskLine line = new TaskLine("classify", "{\"texts\": [" + texts + "], \"labels\": [\"a\", \"b\"]}").run();

        JsonNode output = line.result("classifying");
        assertThat(output.path("items")).hasSize(60);
        assertThat(output.at("/items/0/text").asText()).startsWith("到货晚了😀").hasSizeBetween(200, 201);
        PhaseInput input = new PhaseInput(output, Map.of(), 0);
        assertThat(OutputCheck.check(
                        "classify",
                        new PhaseOutput((ObjectNode) output, Map.of()),
                        new RunArtifacts(line.artifacts, input)))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"200,100,字,0", "200,100,a,0", "200,12,a,10", "200,3,字,3", "1,100,字,10"})
    void whatIsAllowedFits(int texts, int labels, String character, int scores) throws Exception {
        ObjectNode output = Json.object();
        ArrayNode items = output.putArray("items");
        ObjectNode counts = Json.object();
        // With few labels they are short, with all they are as long as they may be.
        String name = character.repeat(labels == 100 && texts == 200 ? 197 : 12);
        List<String> names = IntStream.range(0, labels)
                .mapToObj(i -> name + "%03d".formatted(i))
                .toList();
        for (int i = 0; i < texts; i++) {
            ObjectNode item = items.addObject().put("index", i).put("text", Excerpt.of(character.repeat(4_000), 200));
            new Scored(names, new double[labels]).write(item, Fitting.SHOWN);
            counts.put(names.get(i % labels), 1);
        }
        output.set("counts", counts);

        Fitting.fit(output);

        assertThat(Json.bytes(output).length).isLessThanOrEqualTo(240 << 10);
        assertThat(output.at("/items/0/scores")).hasSizeGreaterThanOrEqualTo(scores);
        assertThat(output.at("/items/0/label").asText()).isEqualTo(names.get(0));
        assertThat(output.at("/items/0/text").asText()).hasSizeGreaterThanOrEqualTo(21);
    }

    @Test
    void aWrongWishNamesItsField() {
        assertThatThrownBy(() -> classify("{}")).hasMessageStartingWith("texts or images");
        assertThatThrownBy(() -> classify("{\"text\": \"a\", \"labels\": [\"b\"]}"))
                .hasMessageStartingWith("labels must be");
        assertThatThrownBy(() -> classify("{\"text\": \"a\", \"labels\": [\"b\", \"b\"]}"))
                .hasMessageContaining("names the label b a second time");
        assertThatThrownBy(() -> classify("{\"images\": [\"x\"], \"model\": \"y\"}"))
                .hasMessageStartingWith("model must be");
    }

    @Test
    void aFileThatIsNoClassifierIsRefused() throws Exception {
        byte[] other = "MRHEAD1\nnot much".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        String params = "{\"images\": [\"sha256:x\"], \"model\": \"" + ArtifactRef.of(other) + "\"}";

        assertThatThrownBy(() -> new TaskLine("classify", params).with(other).run())
                .hasMessageContaining("not a trained classifier that can be read");
    }

    @Test
    void aClassifierIsTheSameAfterItWasWrittenAndRead() throws IOException {
        float[][] weights = {{1, -2, 3, 4, .5f, 6}, {.1f, .2f}, {1, 2, 3, 4}, {0, 1}};
        Head head = new Head(List.of("a", "b"), "features-1", 3, 2, weights);

        Head read = HeadFile.read(HeadFile.write(head));

        assertThat(read.labels()).isEqualTo(head.labels());
        assertThat(read.scores(new float[] {1, 2, 3})).isEqualTo(head.scores(new float[] {1, 2, 3}));
        assertThat(Arrays.stream(read.scores(new float[] {1, 2, 3})).sum()).isBetween(.999999, 1.000001);
        assertThatThrownBy(() -> new Head(List.of("a", "b"), "f", 3, 3, weights))
                .hasMessageContaining("weight 0 has 6");
    }

    private static TaskLine classify(String params) throws Exception {
        return new TaskLine("classify", params).run();
    }
}
