package io.millrace.edge.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The texts in a JSON object that may name a picture or file: the values of fields called {@code logo, image, picture, reference}, with
 * something before it and {@code _url} or {@code s} behind it or not, and of lists called so; the {@code content} of an element of type image; {@code
 * background}; and, wherever it stands, every {@code sha256:} reference and link to an artifact.
 */
final class PictureFields {
    private static final Pattern NAME =
            Pattern.compile("(.*_)?(logo|image|picture|photo|reference)s?(_urls?)?|background");
    private static final Pattern ANYWHERE =
            Pattern.compile("sha256:[0-9a-f]{64}|\\S*/api/v1/artifacts/[0-9a-f]{64}\\?\\S{1,200}");

    private PictureFields() {}

    /**
     * One of them.
     *
     * @param picture whether only a picture makes sense there
     * @param into writes another text in its place
     */
    record Field(String path, String text, boolean picture, Consumer<String> into) {
        void put(String other) {
            into.accept(other);
        }
    }

    static List<Field> in(ObjectNode object, String path) {
        List<Field> found = new ArrayList<>();
        object(object, path, found);
        return found;
    }

    private static void object(ObjectNode object, String path, List<Field> found) {
        boolean image = object.path("type").asString("").equals("image");
        for (String name : List.copyOf(object.propertyNames())) {
            boolean named = NAME.matcher(name).matches() || image && (name.equals("content") || name.equals("url"));
            value(object.path(name), path + name, named, text -> object.put(name, text), found);
        }
        // The picture of a fill stands in {type: image, image: {url}}.
        if (object.path("image").path("url").isString()) {
            JsonNode inner = object.path("image");
            String text = inner.path("url").asString();
            found.removeIf(field -> field.path().equals(path + "image.url"));
            found.add(new Field(path + "image.url", text, true, other -> ((ObjectNode) inner).put("url", other)));
        }
    }

    private static void value(JsonNode value, String path, boolean named, Consumer<String> into, List<Field> found) {
        if (value instanceof ObjectNode inner) {
            object(inner, path + ".", found);
        } else if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                int index = i;
                value(list.get(i), path + "[" + i + "]", named, text -> list.set(index, text), found);
            }
        } else if (value.isString()) {
            String text = value.stringValue();
            if (ANYWHERE.matcher(text).matches() || named && text.matches("(?i)https?://\\S+")) {
                found.add(new Field(path, text, named, into));
            }
        }
    }
}
