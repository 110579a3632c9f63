package io.millrace.schemas.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads definitions from YAML; every complaint names the file and the field. */
final class DefinitionReader {
    private static final int DEFAULT_BATCH = 64;

    private DefinitionReader() {}

    static Workflow workflow(String file, String yaml) {
        Node root = new Node(file, "", load(file, yaml));
        try {
            return new Workflow(
                    root.text("type"),
                    root.texts("aliases"),
                    root.number("version"),
                    root.text("lane"),
                    root.nodes("phases").stream().map(DefinitionReader::phase).toList());
        } catch (DefinitionException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new DefinitionException(file + ": " + e.getMessage());
        }
    }

    static Map<String, Lane> lanes(String file, String yaml) {
        Node lanes = new Node(file, "", load(file, yaml)).node("lanes");
        Map<String, Lane> byName = new LinkedHashMap<>();
        for (String name : lanes.names()) {
            byName.put(name, new Lane(name, lanes.node(name).number("concurrency")));
        }
        return byName;
    }

    private static Phase phase(Node node) {
        Node retry = node.node("retry");
        Node message = node.node("message");
        return new Phase(
                node.text("name"),
                node.text("function"),
                node.number("mark"),
                node.duration("timeout"),
                node.has("batch") ? node.number("batch") : DEFAULT_BATCH,
                new Phase.Retry(retry.number("max_attempts"), retry.duration("backoff")),
                node.texts("reads"),
                node.has("when") ? condition(node.node("when")) : null,
                node.has("repeat") ? repeat(node.node("repeat")) : null,
                new Phase.Message(message.text("en"), message.text("zh")));
    }

    private static Phase.Condition condition(Node node) {
        return new Phase.Condition(node.text("phase"), node.text("fact"), node.text("equals"));
    }

    private static Phase.Repeat repeat(Node node) {
        return new Phase.Repeat(node.text("fact"), node.number("max"), node.texts("allowed"));
    }

    private static Map<?, ?> load(String file, String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            Object root = new Yaml(new SafeConstructor(options)).load(yaml);
            if (root instanceof Map<?, ?> map) {
                return map;
            }
            throw new DefinitionException(file + ": must be a mapping");
        } catch (YAMLException e) {
            throw new DefinitionException(file + ": " + e.getMessage());
        }
    }

    private static final class DefinitionException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        DefinitionException(String message) {
            super(message);
        }
    }

    /** A mapping in a file, with the path that leads to it. */
    private record Node(String file, String path, Map<?, ?> fields) {
        List<String> names() {
            return fields.keySet().stream().map(String::valueOf).toList();
        }

        boolean has(String name) {
            return fields.get(name) != null;
        }

        Node node(String name) {
            return child(path + name, fields.get(name));
        }

        List<Node> nodes(String name) {
            if (!(fields.get(name) instanceof List<?> list)) {
                throw complaint(name, "must be a list");
            }
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                nodes.add(child(path + name + "[" + i + "]", list.get(i)));
            }
            return nodes;
        }

        String text(String name) {
            if (fields.get(name) instanceof String text && !text.isBlank()) {
                return text;
            }
            throw complaint(name, "must be a text");
        }

        List<String> texts(String name) {
            Object value = fields.get(name);
            if (value == null) {
                return List.of();
            }
            if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                return list.stream().map(String.class::cast).toList();
            }
            throw complaint(name, "must be a list of texts");
        }

        int number(String name) {
            if (fields.get(name) instanceof Integer number) {
                return number;
            }
            throw complaint(name, "must be a whole number");
        }

        /** {@code 500ms}, {@code 30s}, {@code 5m} or {@code 2h}. */
        Duration duration(String name) {
            String text = text(name);
            try {
                if (text.endsWith("ms")) {
                    return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
                }
                return Duration.parse("PT" + text);
            } catch (NumberFormatException | java.time.format.DateTimeParseException e) {
                throw complaint(name, "must be a duration such as 500ms, 30s or 5m, not " + text);
            }
        }

        private Node child(String childPath, @Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                return new Node(file, childPath + ".", map);
            }
            throw new DefinitionException(file + ": " + childPath + " must be a mapping");
        }

        private DefinitionException complaint(String name, String rule) {
            return new DefinitionException(file + ": " + path + name + " " + rule);
        }
    }
}
