package io.millrace.local.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {
    private static final Set<String> FIELDS = Set.of("type", "prompt", "style", "size", "elements", "color_scheme");

    @ParameterizedTest
    @ValueSource(strings = {"poster.json", "poster-en.json", "poster-minimal.json"})
    void samplesHoldOnlyWhatTheEdgeTakes(String name) throws IOException {
        JsonNode sample = read(name);

        assertThat(sample.fieldNames()).toIterable().isSubsetOf(FIELDS);
        assertThat(sample.path("type").asText()).isEqualTo("poster");
        assertThat(sample.path("prompt").asText()).isNotBlank();
        for (JsonNode element : sample.path("elements")) {
            assertThat(element.path("content").asText()).isNotBlank();
            assertThat(element.path("position").asText()).isIn("top", "center", "bottom");
        }
        for (JsonNode colour : sample.path("color_scheme")) {
            assertThat(colour.asText()).matches("#[0-9a-f]{6}");
        }
    }

    @Test
    void theDemoIsTheRecruitmentPosterOfTheRequirements() throws IOException {
        JsonNode sample = read("poster.json");

        assertThat(sample.path("size").path("width").asInt()).isEqualTo(1080);
        assertThat(sample.path("size").path("height").asInt()).isEqualTo(1920);
        assertThat(sample.path("elements").findValuesAsText("content")).isEqualTo(List.of("诚聘英才", "高级软件工程师"));
        assertThat(sample.path("color_scheme"))
                .extracting(JsonNode::asText)
                .containsExactly("#1890ff", "#ffffff", "#f0f2f5");
    }

    private static JsonNode read(String name) throws IOException {
        return new ObjectMapper()
                .readTree(
                        CodeBase.find().root().resolve("samples").resolve(name).toFile());
    }
}
