package io.millrace.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.local.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files that a body names: {@code "@picture.png"} becomes the reference of the uploaded file; {@code "@folder/"} a list {@code [{image, name}]} of
 * the pictures in the folder by name and, of those one folder deeper, {@code [{image, name, label}]} with that folder's name as the label.
 * {@code "@@text"} stands for {@code "@text"}. A file is uploaded once, however often it is named.
 */
public final class Attachments {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PICTURES = List.of(".png", ".jpg", ".jpeg", ".gif");
    private static final int MAX_FILES = 1_000;

    private final Path folder;
    private final Uploader uploader;
    private final Map<Path, String> uploaded = new HashMap<>();

    /** Takes a file in. */
    @FunctionalInterface
    public interface Uploader {
        /** @return {@code sha256:HEX} */
        String upload(Path file) throws IOException, InterruptedException;
    }

    /** @param folder that relative names start from */
    public Attachments(Path folder, Uploader uploader) {
        this.folder = folder;
        this.uploader = uploader;
    }

    /**
     * Uploads what the body names.
     *
     * @return the body with references in its place; a body that names nothing, or is no JSON, comes back as it is
     * @throws UserError when a file or folder is not there or holds no picture
     */
    public String attached(String body) throws IOException, InterruptedException {
        if (!body.contains("\"@")) {
            return body;
        }
        try {
            return attached(JSON.readTree(body)).toString();
        } catch (JsonProcessingException e) {
            // What is wrong with it is for the edge to say.
            return body;
        }
    }

    private JsonNode attached(JsonNode node) throws IOException, InterruptedException {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                entry.setValue(attached(entry.getValue()));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, attached(array.get(i)));
            }
        } else if (node.isTextual() && node.asText().startsWith("@@")) {
            return TextNode.valueOf(node.asText().substring(1));
        } else if (node.isTextual() && node.asText().startsWith("@")) {
            return named(node.asText().substring(1));
        }
        return node;
    }

    private JsonNode named(String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        if (name.endsWith("/") && Files.isDirectory(file)) {
            return pictures(file);
        }
        if (!Files.isRegularFile(file)) {
            throw new UserError("There is no " + (name.endsWith("/") ? "folder " : "file ") + file
                    + "; a text that begins with @ is written @@.");
        }
        return TextNode.valueOf(reference(file));
    }

    private ArrayNode pictures(Path root) throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root, 2)) {
            files = all.filter(Attachments::picture).sorted().toList();
        }
        if (files.isEmpty() || files.size() > MAX_FILES) {
            throw new UserError(
                    "The folder " + root + " holds " + files.size() + " pictures; 1 to " + MAX_FILES + " can be sent.");
        }
        ArrayNode list = JSON.createArrayNode();
        for (Path file : files) {
            ObjectNode entry = list.addObject();
            entry.put("image", reference(file)).put("name", file.getFileName().toString());
            Path inside = root.relativize(file);
            if (inside.getNameCount() > 1) {
                entry.put("label", inside.getName(0).toString());
            }
        }
        return list;
    }

    private static boolean picture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && PICTURES.stream().anyMatch(name::endsWith);
    }

    private String reference(Path file) throws IOException, InterruptedException {
        String known = uploaded.get(file);
        if (known == null) {
            known = uploader.upload(file);
            uploaded.put(file, known);
        }
        return known;
    }
}
