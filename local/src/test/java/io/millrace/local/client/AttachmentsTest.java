package io.millrace.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentsTest {
    @TempDir
    private Path folder;

    private final List<String> uploads = new ArrayList<>();

    @BeforeEach
    void files() throws IOException {
        for (String name : List.of(
                "cat.png", "toys/mug/b.JPG", "toys/mug/a.png", "toys/shoe/c.png", "toys/notes.txt", "flat/x.gif")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), name);
        }
    }

    @Test
    void aFileBecomesItsReferenceOnceHoweverOftenItIsNamed() throws Exception {
        JsonNode body = attached("{\"image\": \"@cat.png\", \"more\": [\"@cat.png\", 7], \"prompt\": \"@@home\"}");

        assertThat(body.path("image").asText()).isEqualTo("ref:cat.png");
        assertThat(body.at("/more/0").asText()).isEqualTo("ref:cat.png");
        assertThat(body.path("prompt").asText()).isEqualTo("@home");
        assertThat(uploads).containsExactly("cat.png");
    }

    @Test
    void aFolderBecomesAListWithTheLabelsOfItsSubFolders() throws Exception {
        assertThat(attached("{\"samples\": \"@toys/\"}").path("samples"))
                .hasToString("[{\"image\":\"ref:a.png\",\"name\":\"a.png\",\"label\":\"mug\"},"
                        + "{\"image\":\"ref:b.JPG\",\"name\":\"b.JPG\",\"label\":\"mug\"},"
                        + "{\"image\":\"ref:c.png\",\"name\":\"c.png\",\"label\":\"shoe\"}]");
        assertThat(attached("{\"images\": \"@flat/\"}").path("images"))
                .hasToString("[{\"image\":\"ref:x.gif\",\"name\":\"x.gif\"}]");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> attached("{\"image\": \"@dog.png\"}"))
                .hasMessageContaining("There is no file")
                .hasMessageContaining("dog.png");
        assertThatThrownBy(() -> attached("{\"image\": \"@none/\"}")).hasMessageContaining("There is no folder");
    }

    @Test
    void whatNamesNothingOrIsNoJsonStaysAsItIs() throws Exception {
        Attachments attachments = new Attachments(folder, file -> "never");

        assertThat(attachments.attached("{ \"prompt\": \"me@home\" }")).isEqualTo("{ \"prompt\": \"me@home\" }");
        assertThat(attachments.attached("{\"image\": \"@cat.png\"")).isEqualTo("{\"image\": \"@cat.png\"");
    }

    private JsonNode attached(String body) throws Exception {
        return new ObjectMapper()
                .readTree(new Attachments(folder, file -> {
                            uploads.add(file.getFileName().toString());
                            return "ref:" + file.getFileName();
                        })
                        .attached(body));
    }
}
