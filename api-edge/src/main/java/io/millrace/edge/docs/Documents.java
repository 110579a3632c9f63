package io.millrace.edge.docs;

import io.millrace.edge.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents. OpenAPI lies in one file for each area, {@code openapi/NN-area.yaml}, so that an area describes itself where it is
 * changed; they are put together at start. What AsyncAPI refers to in files beside it is put in the reference's place, so that each
 * document is whole by itself.
 */
@Component
final class Documents {
    private static final String PARTS = "classpath*:/openapi/*.yaml";

    private final ObjectNode openApi;
    private final ObjectNode asyncApi;

    Documents() {
        try {
            Resource[] parts = new PathMatchingResourcePatternResolver().getResources(PARTS);
            Arrays.sort(parts, Comparator.comparing(Resource::getFilename));
            ObjectNode whole = Json.object();
            for (Resource part : parts) {
                merge(whole, read(part.getInputStream()), String.valueOf(part.getFilename()));
            }
            this.openApi = whole;
            this.asyncApi = (ObjectNode) whole(read(resource("asyncapi.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode read(InputStream in) throws IOException {
        try (in) {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return (ObjectNode) Json.MAPPER.valueToTree(tree);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Documents.class.getResourceAsStream("/millrace/" + name), name);
    }

    private static JsonNode whole(JsonNode node) throws IOException {
        String file = node.path("$ref").asString("");
        if (file.endsWith(".schema.json")) {
            return read(resource(file));
        }
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                object.set(name, whole(object.path(name)));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, whole(array.get(i)));
            }
        }
        return node;
    }

    private static void merge(ObjectNode into, ObjectNode part, String file) {
        for (String name : part.propertyNames()) {
            JsonNode value = part.path(name);
            JsonNode held = into.path(name);
            if (held.isMissingNode()) {
                into.set(name, value);
            } else if (held instanceof ObjectNode object && value instanceof ObjectNode more) {
                merge(object, more, file);
            } else {
                throw new IllegalStateException("openapi/" + file + " says \"" + name + "\" a second time");
            }
        }
    }

    ObjectNode openApi() {
        return openApi;
    }

    ObjectNode asyncApi() {
        return asyncApi;
    }

    static byte[] json(ObjectNode document) {
        return Json.bytes(document);
    }

    static byte[] yaml(ObjectNode document) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(140);
        return new Yaml(options)
                .dump(Json.MAPPER.convertValue(document, Object.class))
                .getBytes(StandardCharsets.UTF_8);
    }
}
