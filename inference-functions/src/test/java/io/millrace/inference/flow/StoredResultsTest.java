package io.millrace.inference.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Not a check: writes the results that {@code bench/instant} answers with, one file for each function. */
@EnabledIfSystemProperty(named = "stored", matches = ".+", disabledReason = "set -Dstored=FOLDER to write them")
class StoredResultsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TASKS = new LinkedHashMap<>(Map.of(
            "poster",
            """
            {"prompt": "创建一个蓝色商务风格的招聘海报，包含公司logo和职位信息", "style": "business", "size": {"width": 540, "height": 960},
             "elements": [{"type": "text", "content": "诚聘英才", "position": "top", "style": {"fontSize": 48, "fontWeight": "bold"}},
                          {"type": "text", "content": "高级软件工程师", "position": "center", "style": {"fontSize": 36}}],
             "color_scheme": ["#1890ff", "#ffffff", "#f0f2f5"]}
            """,
            "roadmap",
            "{\"goal\": \"Learn Kafka in 4 weeks\"}",
            "cover_image",
            "{\"title\": \"Kafka in 4 weeks\", \"size\": \"640x360\"}"));

    @Test
    void writesThem() throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("stored")));
        for (Map.Entry<String, String> task : TASKS.entrySet()) {
            TaskLine line = new TaskLine(task.getKey(), task.getValue()).run();
            for (Phase phase :
                    Definitions.shipped().workflow(task.getKey()).orElseThrow().phases()) {
                if (!line.ran(phase.name())) {
                    continue;
                }
                boolean each = phase.flow().forEach() != null;
                JsonNode output = each ? line.items.get(0) : line.result(phase.name());
                ObjectNode stored = JSON.createObjectNode();
                slim(output);
                stored.set("output", output);
                stored.set("facts", JSON.valueToTree(line.facts.getOrDefault(phase.name(), Map.of())));
                String text = JSON.writeValueAsString(stored)
                        .replaceAll("sha256:[0-9a-f]{64}", "sha256:@PICTURE@")
                        .replaceAll("([a-z]+_)[0-9a-f]{24}([0-9a-f]{8})\\b", "$1@TASK@$2");
                Files.writeString(folder.resolve(Objects.requireNonNull(phase.function()) + ".json"), text + "\n");
            }
        }
    }

    /** A pattern of dots is dozens of elements; measurements want the usual few. */
    private static void slim(JsonNode output) {
        if (!output.has("editable_elements") && !output.has("ornaments")) {
            return;
        }
        Set<String> kept = new HashSet<>();
        for (String field : List.of("ornaments", "panels")) {
            shorten(output.path(field));
        }
        for (JsonNode layer : output.path("elements")) {
            shorten(layer);
            layer.forEach(element -> kept.add(element.path("id").asText()));
        }
        if (output.path("editable_elements") instanceof ArrayNode editable) {
            for (int i = editable.size() - 1; i >= 0; i--) {
                if (!kept.contains(editable.get(i).asText())) {
                    editable.remove(i);
                }
            }
        }
    }

    private static void shorten(JsonNode list) {
        while (list instanceof ArrayNode array && array.size() > 2) {
            array.remove(array.size() - 1);
        }
    }
}
