package io.millrace.schemas.workflow;

import io.millrace.schemas.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Gathers the files of an installation: what ships, and over it what a folder holds. */
final class DefinitionFiles {
    private static final String BASE = "/millrace/";
    private static final List<String> SHIPPED = List.of(
            "poster",
            "poster_render",
            "roadmap",
            "cover_image",
            "white_background",
            "generate",
            "classify",
            "train",
            "tag",
            "crawl");

    final Map<Key, Sourced> workflows = new LinkedHashMap<>();
    final Map<String, Lane> lanes = new LinkedHashMap<>();
    final Map<String, FunctionEndpoint.Settings> functions = new LinkedHashMap<>();

    /** A workflow is one by type and version. */
    record Key(String type, int version) {}

    /** A workflow and the file it was read from. */
    record Sourced(Workflow workflow, YamlNode source) {}

    DefinitionFiles addShipped() {
        lanes.putAll(DefinitionReader.lanes(resource("lanes.yaml")));
        functions.putAll(DefinitionReader.functions(resource("functions.yaml")));
        SHIPPED.forEach(name -> add(resource("workflows/" + name + ".yaml"), workflows));
        return this;
    }

    /** What the folder defines takes the place of what ships under the same name; within the folder a name is used once. */
    DefinitionFiles addFolder(Path folder) {
        try {
            Path laneFile = folder.resolve("lanes.yaml");
            if (Files.exists(laneFile)) {
                lanes.putAll(DefinitionReader.lanes(read(laneFile)));
            }
            Path functionFile = folder.resolve("functions.yaml");
            if (Files.exists(functionFile)) {
                functions.putAll(DefinitionReader.functions(read(functionFile)));
            }
            Map<Key, Sourced> added = new LinkedHashMap<>();
            for (Path file : yamlFiles(folder.resolve("workflows"))) {
                add(read(file), added);
            }
            workflows.putAll(added);
            return this;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read definitions in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void add(YamlNode source, Map<Key, Sourced> to) {
        Workflow workflow = DefinitionReader.workflow(source);
        Sourced before = to.putIfAbsent(new Key(workflow.type(), workflow.version()), new Sourced(workflow, source));
        if (before != null) {
            throw source.complaint(
                    "version",
                    workflow.version() + " of type " + workflow.type() + " is already defined in "
                            + before.source().file());
        }
    }

    private static List<Path> yamlFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(name -> name.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static YamlNode read(Path file) throws IOException {
        return YamlNode.root(file.toString(), Files.readString(file));
    }

    private static YamlNode resource(String name) {
        try (InputStream in = DefinitionFiles.class.getResourceAsStream(BASE + name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + BASE + name);
            }
            return YamlNode.root(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + BASE + name, e);
        }
    }
}
