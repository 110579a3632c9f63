package io.millrace.k8s;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** As much of kustomize as our folders use; whatever else one asks for is an error. */
final class Kustomization {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory().enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL));
    private static final Set<String> KNOWN =
            Set.of("apiVersion", "kind", "namespace", "labels", "resources", "components", "images", "patches");

    private Kustomization() {}

    /** The manifests that the folder stands for. Image names stay as they are. */
    static List<ObjectNode> build(Path folder) {
        List<ObjectNode> manifests = new ArrayList<>();
        build(folder.normalize(), manifests);
        return manifests;
    }

    private static void build(Path folder, List<ObjectNode> manifests) {
        JsonNode plan = documents(folder.resolve("kustomization.yaml")).get(0);
        plan.fieldNames().forEachRemaining(field -> {
            if (!KNOWN.contains(field)) {
                throw new AssertionError(folder + " asks for " + field + ", which this test cannot do");
            }
        });
        for (JsonNode resource : plan.path("resources")) {
            Path path = folder.resolve(resource.asText());
            if (Files.isDirectory(path)) {
                build(path.normalize(), manifests);
            } else {
                documents(path).forEach(manifest -> manifests.add((ObjectNode) manifest));
            }
        }
        for (JsonNode component : plan.path("components")) {
            build(folder.resolve(component.asText()).normalize(), manifests);
        }
        for (JsonNode patch : plan.path("patches")) {
            Path file = folder.resolve(patch.path("path").asText());
            patch(file, documents(file), patch.path("target"), manifests);
        }
    }

    private static void patch(Path file, List<JsonNode> patch, JsonNode target, List<ObjectNode> manifests) {
        JsonNode change = patch.get(0);
        JsonNode wanted = change.isArray() ? target : change;
        int changed = 0;
        for (ObjectNode manifest : manifests) {
            if (!isWanted(manifest, wanted)) {
                continue;
            }
            changed++;
            if (change.isArray()) {
                change.forEach(operation -> apply(file, operation, manifest));
            } else if (manifest.path("kind").asText().equals("ConfigMap")) {
                ((ObjectNode) manifest.get("data")).setAll((ObjectNode) change.get("data"));
            } else {
                throw new AssertionError(file + ": only a ConfigMap is merged, all else needs a list of operations");
            }
        }
        if (changed == 0) {
            throw new AssertionError(file + " changes nothing: " + wanted);
        }
    }

    /** An operation of RFC 6902: {@code add}, also to the end of a list, or {@code replace}. */
    private static void apply(Path file, JsonNode operation, ObjectNode manifest) {
        JsonPointer path = JsonPointer.compile(operation.path("path").asText());
        String last = path.last().getMatchingProperty();
        JsonNode parent = manifest.at(path.head());
        boolean add = operation.path("op").asText().equals("add");
        if (add && last.equals("-") && parent instanceof ArrayNode list) {
            list.add(operation.get("value"));
        } else if (parent instanceof ObjectNode fields && add != fields.has(last)) {
            fields.set(last, operation.get("value"));
        } else {
            throw new AssertionError(file + " cannot do " + operation);
        }
    }

    private static boolean isWanted(JsonNode manifest, JsonNode wanted) {
        JsonNode name = wanted.has("metadata") ? wanted.at("/metadata/name") : wanted.path("name");
        return manifest.path("kind").equals(wanted.path("kind"))
                && (name.isMissingNode() || manifest.at("/metadata/name").equals(name));
    }

    /** Files of the folder that its plan names, by their names. */
    static Set<String> named(Path folder) {
        JsonNode plan = documents(folder.resolve("kustomization.yaml")).get(0);
        Set<String> named = new TreeSet<>();
        plan.path("resources").forEach(resource -> named.add(resource.asText()));
        plan.path("patches").forEach(patch -> named.add(patch.path("path").asText()));
        named.removeIf(name -> name.startsWith(".."));
        return named;
    }

    static JsonNode parsed(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> documents(Path file) {
        List<JsonNode> documents = new ArrayList<>();
        try (JsonParser parser = YAML.createParser(file.toFile())) {
            while (parser.nextToken() != null) {
                documents.add(YAML.readTree(parser));
            }
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }
}
