package io.millrace.inference.registry;

import io.millrace.inference.registry.ModelSpec.FileSpec;
import io.millrace.schemas.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code models.yaml}: what ships, and over it, by name, what the installation says. */
final class Catalogue {
    private static final String SHIPPED = "millrace/models.yaml";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern ROLE = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    /** Plain HTTP only to this machine itself. */
    private static final Pattern SOURCE = Pattern.compile(
            "built|classpath:.+|file:.+|https://.+|s3://[^/]+/.+|http://(127\\.0\\.0\\.1|localhost)[:/].+");

    private Catalogue() {}

    /**
     * By name.
     *
     * @throws io.millrace.schemas.yaml.UnsoundDefinition naming file, line and field
     */
    static Map<String, ModelSpec> of(Path folder) throws IOException {
        Map<String, ModelSpec> models = new LinkedHashMap<>(read(SHIPPED, shipped()));
        Path own = folder.resolve("models.yaml");
        if (Files.isRegularFile(own)) {
            models.putAll(read(own.toString(), Files.readString(own)));
        }
        return models;
    }

    private static String shipped() throws IOException {
        try (InputStream in = Catalogue.class.getClassLoader().getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IOException("resource " + SHIPPED + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, ModelSpec> read(String file, String yaml) {
        YamlNode root = YamlNode.root(file, yaml).only("models");
        Map<String, ModelSpec> models = new LinkedHashMap<>();
        for (YamlNode node : root.nodes("models")) {
            ModelSpec model = model(node);
            if (models.put(model.name(), model) != null) {
                throw node.complaint("name", model.name() + " is used twice");
            }
        }
        return models;
    }

    private static ModelSpec model(YamlNode node) {
        node.only("name", "version", "licence", "precision", "device", "files");
        String name = matching(node, "name", NAME, "must be of small letters, digits and . _ -");
        String version = matching(node, "version", VERSION, "must be of letters, digits and . _ -");
        if (node.has("device") && !ModelSpec.isDevice(node.text("device"))) {
            throw node.complaint("device", "must be cpu, cuda or cuda:N");
        }
        YamlNode list = node.node("files");
        Map<String, FileSpec> files = new LinkedHashMap<>();
        for (String role : list.names()) {
            if (!ROLE.matcher(role).matches()) {
                throw list.complaint(role, "must be of small letters, digits and _");
            }
            files.put(role, file(list.node(role)));
        }
        if (files.isEmpty()) {
            throw node.complaint("files", "must name a file or more");
        }
        String device = node.has("device") ? node.text("device") : null;
        return new ModelSpec(name, version, node.text("licence"), node.text("precision"), device, files);
    }

    private static FileSpec file(YamlNode node) {
        node.only("source", "sha256");
        String source = matching(
                node,
                "source",
                SOURCE,
                "must be built, classpath:RESOURCE, file:PATH, s3://BUCKET/KEY or https://ADDRESS (http only to this machine)");
        if (source.equals(FileSpec.BUILT)) {
            return new FileSpec(source, null);
        }
        return new FileSpec(source, matching(node, "sha256", SHA256, "must be 64 hexadecimal digits in small letters"));
    }

    private static String matching(YamlNode node, String field, Pattern pattern, String rule) {
        String text = node.text(field);
        if (!pattern.matcher(text).matches()) {
            throw node.complaint(field, rule + ", not " + text);
        }
        return text;
    }
}
