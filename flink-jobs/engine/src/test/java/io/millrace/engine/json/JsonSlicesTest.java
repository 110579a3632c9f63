package io.millrace.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonSlicesTest {
    private static final ByteString OBJECT = ByteString.copyFromUtf8(
            "{ \"a\" : \"海\\\"报\" ,\"n\": -12.5e3,\"o\":{\"a\":[1, {}]} , \"t\":true,\"z\":null, \"list\": [ \"x\", 2 ,{\"k\": [3]}, null ] }");

    @Test
    void valuesAreCutAsTheyStand() {
        assertThat(JsonSlices.fields(OBJECT, List.of("n", "a", "o", "t", "z", "none")).stream()
                        .map(ByteString::toStringUtf8))
                .containsExactly("-12.5e3", "\"海\\\"报\"", "{\"a\":[1, {}]}", "true", "null", "");
    }

    @Test
    void elementsAreCutAsTheyStand() {
        assertThat(JsonSlices.elements(OBJECT, "list").orElseThrow().stream().map(ByteString::toStringUtf8))
                .containsExactly("\"x\"", "2", "{\"k\": [3]}", "null");
        assertThat(JsonSlices.elements(ByteString.copyFromUtf8("{\"list\":[]}"), "list")
                        .orElseThrow())
                .isEmpty();
    }

    @Test
    void whatIsNoListHasNoElements() {
        assertThat(JsonSlices.elements(OBJECT, "a")).isEmpty();
        assertThat(JsonSlices.elements(OBJECT, "none")).isEmpty();
        assertThat(JsonSlices.elements(ByteString.copyFromUtf8("{\"list\":[1"), "list"))
                .isEmpty();
    }

    @Test
    void theLastOfTwoFieldsCounts() {
        assertThat(JsonSlices.fields(ByteString.copyFromUtf8("{\"a\":1,\"a\":2}"), List.of("a"))
                        .get(0)
                        .toStringUtf8())
                .isEqualTo("2");
    }

    @Test
    void whatIsNoObjectIsNamed() {
        assertThatThrownBy(() -> JsonSlices.fields(ByteString.copyFromUtf8("[1]"), List.of("a")))
                .hasMessageContaining("not a JSON object");
    }
}
