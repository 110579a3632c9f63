package io.millrace.inference.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.data.Resources;
import io.millrace.inference.function.PhaseFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sets of parameters by {@code config_id}: those that ship, and those of a file {@code generate-configs.json} beside the models. */
public final class Configs {
    private static final String FILE = "generate-configs.json";

    private final ObjectNode configs = Json.object();

    private Configs() {}

    /** Reads both. @throws IOException when the installation's file is no JSON object of objects, naming it */
    public static Configs load(Path models) throws IOException {
        Configs all = new Configs();
        all.add(Resources.json("millrace/generate/configs.json"), "the shipped configurations");
        Path own = models.resolve(FILE);
        if (Files.isRegularFile(own)) {
            all.add(new ObjectMapper().readTree(own.toFile()), own.toString());
        }
        return all;
    }

    private void add(JsonNode file, String name) throws IOException {
        if (!file.isObject()) {
            throw new IOException(name + " must hold an object of configurations by name");
        }
        for (var entry : file.properties()) {
            if (!entry.getValue().isObject()) {
                throw new IOException(name + ": " + entry.getKey() + " must be an object of parameters");
            }
            configs.set(entry.getKey(), entry.getValue());
        }
    }

    /**
     * The parameters of a task: those of its configuration, under what stands beside it, under {@code override}. Objects are merged
     * field by field, as a JSON Merge Patch does.
     */
    ObjectNode resolved(JsonNode params) throws PhaseFailure {
        ObjectNode resolved = Json.object();
        String id = params.path("config_id").asText("");
        if (!id.isEmpty()) {
            if (!configs.has(id)) {
                throw PhaseFailure.badInput("config_id", "names no configuration; there are " + names());
            }
            merge(resolved, configs.get(id));
        }
        merge(resolved, params);
        JsonNode override = params.path("override");
        if (override.isObject()) {
            merge(resolved, override);
        } else if (!override.isMissingNode() && !override.isNull()) {
            throw PhaseFailure.badInput("override", "must be an object of parameters");
        }
        resolved.remove(List.of("override", "config_id"));
        return resolved;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        configs.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void merge(ObjectNode target, JsonNode patch) {
        for (var entry : patch.properties()) {
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                target.remove(entry.getKey());
            } else if (value.isObject() && target.get(entry.getKey()) instanceof ObjectNode inner) {
                merge(inner, value);
            } else {
                target.set(entry.getKey(), value.deepCopy());
            }
        }
    }
}
