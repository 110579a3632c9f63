package io.millrace.schemas.yaml;

import io.millrace.schemas.config.Durations;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A mapping in a YAML file. Every complaint names file, line and the path of the field. */
public final class YamlNode {
    private final String file;
    private final String path;
    private final MappingNode mapping;

    private YamlNode(String file, String path, MappingNode mapping) {
        this.file = file;
        this.path = path;
        this.mapping = mapping;
        Set<String> seen = new HashSet<>();
        for (NodeTuple field : mapping.getValue()) {
            if (!seen.add(key(field))) {
                throw at(field.getKeyNode(), path + key(field), "is given twice");
            }
        }
    }

    /** @throws UnsoundDefinition when the text is no YAML mapping */
    public static YamlNode root(String file, String yaml) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
            if (root instanceof MappingNode mapping) {
                return new YamlNode(file, "", mapping);
            }
            throw new UnsoundDefinition(file + ":1: ", "", "the file must be a mapping");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new UnsoundDefinition(file + ":" + line + ": ", "", "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new UnsoundDefinition(file + ":1: ", "", "not YAML: " + e.getMessage());
        }
    }

    public String file() {
        return file;
    }

    /** Any other field is a mistake, most often a misspelt one. */
    public YamlNode only(String... fields) {
        Set<String> known = Set.of(fields);
        for (NodeTuple field : mapping.getValue()) {
            if (!known.contains(key(field))) {
                throw at(
                        field.getKeyNode(),
                        path + key(field),
                        "is not a field here: known are " + String.join(", ", fields));
            }
        }
        return this;
    }

    public List<String> names() {
        return mapping.getValue().stream().map(YamlNode::key).toList();
    }

    public boolean has(String name) {
        Node value = value(name);
        return value != null && !value.getTag().equals(Tag.NULL);
    }

    public YamlNode node(String name) {
        return child(path + name, value(name));
    }

    public Optional<YamlNode> optional(String name) {
        return has(name) ? Optional.of(node(name)) : Optional.empty();
    }

    public List<YamlNode> nodes(String name) {
        if (!(value(name) instanceof SequenceNode list)) {
            throw complaint(name, "must be a list");
        }
        List<YamlNode> nodes = new ArrayList<>();
        for (Node element : list.getValue()) {
            nodes.add(child(path + name + "[" + nodes.size() + "]", element));
        }
        return nodes;
    }

    public String text(String name) {
        if (value(name) instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.STR)
                && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw complaint(name, has(name) ? "must be a text" : "is missing: it must be a text");
    }

    public List<String> texts(String name) {
        if (!has(name)) {
            return List.of();
        }
        if (!(value(name) instanceof SequenceNode list)) {
            throw complaint(name, "must be a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (Node element : list.getValue()) {
            if (!(element instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
                throw at(element, path + name, "must be a list of texts");
            }
            texts.add(scalar.getValue());
        }
        return texts;
    }

    public int number(String name) {
        if (value(name) instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
                return Integer.parseInt(scalar.getValue());
            } catch (NumberFormatException e) {
                throw complaint(name, "must be a whole number, not " + scalar.getValue());
            }
        }
        throw complaint(name, has(name) ? "must be a whole number" : "is missing: it must be a whole number");
    }

    public int number(String name, int otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    /** As {@link Durations} reads them. */
    public Duration duration(String name) {
        if (!has(name)) {
            throw complaint(name, "is missing: it must be a duration such as " + Durations.EXAMPLES);
        }
        String text = text(name);
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw complaint(name, "must be a duration such as " + Durations.EXAMPLES + ", not " + text);
        }
    }

    public Duration duration(String name, Duration otherwise) {
        return has(name) ? duration(name) : otherwise;
    }

    /** @param field name of a field of this mapping, or a path below it such as {@code phases[1].retry.max_attempts} */
    public UnsoundDefinition complaint(String field, String rule) {
        return at(nearest(mapping, field), path + field, rule);
    }

    private UnsoundDefinition at(Node node, String field, String rule) {
        return new UnsoundDefinition(file + ":" + (node.getStartMark().getLine() + 1) + ": ", field, rule);
    }

    /** The node at the path; where it is missing, the last one on the way to it. */
    private static Node nearest(Node from, String path) {
        Node node = from;
        for (String part : path.replace("[", ".[").split("\\.", -1)) {
            Node next = null;
            if (part.startsWith("[") && node instanceof SequenceNode list) {
                int index = Integer.parseInt(part.substring(1, part.length() - 1));
                next = index < list.getValue().size() ? list.getValue().get(index) : null;
            } else if (node instanceof MappingNode mapping) {
                next = value(mapping, part);
            }
            if (next == null) {
                return node;
            }
            node = next;
        }
        return node;
    }

    private YamlNode child(String childPath, @Nullable Node value) {
        if (value instanceof MappingNode map) {
            return new YamlNode(file, childPath + ".", map);
        }
        throw at(value == null ? mapping : value, childPath, value == null ? "is missing" : "must be a mapping");
    }

    private @Nullable Node value(String name) {
        return value(mapping, name);
    }

    private static @Nullable Node value(MappingNode mapping, String name) {
        for (NodeTuple field : mapping.getValue()) {
            if (key(field).equals(name)) {
                return field.getValueNode();
            }
        }
        return null;
    }

    private static String key(NodeTuple field) {
        return field.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
