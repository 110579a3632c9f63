package io.millrace.edge.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PictureFieldsTest {
    private static final String REFERENCE = "sha256:" + "a".repeat(64);

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.MAPPER.readTree(text);
    }

    @Test
    void picturesAreFoundWhereTheyAreMeantAndReferencesEverywhere() {
        List<PictureFields.Field> found = PictureFields.in(json("""
            {"prompt": "see https://example.com/a.png", "logo": "https://example.com/logo.png",
             "reference": ["https://example.com/r.jpg", "%s"], "notes": {"deep": ["%s"]},
             "elements": [{"type": "text", "content": "https://example.com"}, {"type": "image", "content": "https://example.com/i.gif"},
                          {"style": {"fill": {"type": "image", "image": {"url": "https://example.com/f.png"}}}}],
             "url": "https://example.com/page"}\
            """.formatted(REFERENCE, REFERENCE)), "");

        assertThat(found)
                .extracting(PictureFields.Field::path)
                .containsExactlyInAnyOrder(
                        "logo",
                        "reference[0]",
                        "reference[1]",
                        "notes.deep[0]",
                        "elements[1].content",
                        "elements[2].style.fill.image.url");
        assertThat(found)
                .filteredOn(field -> !field.picture())
                .extracting(PictureFields.Field::path)
                .containsExactly("notes.deep[0]");
    }

    @Test
    void whatIsFoundIsReplacedInItsPlace() {
        ObjectNode params =
                json("{\"reference\": [\"https://example.com/r.jpg\"], \"logo\": \"https://example.com/l.png\"}");

        PictureFields.in(params, "tasks[3].").forEach(field -> field.put(field.path()));

        assertThat(params.toString())
                .isEqualTo("{\"reference\":[\"tasks[3].reference[0]\"],\"logo\":\"tasks[3].logo\"}");
    }
}
