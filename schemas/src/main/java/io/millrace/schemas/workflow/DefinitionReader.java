package io.millrace.schemas.workflow;

import io.millrace.schemas.yaml.UnsoundDefinition;
import io.millrace.schemas.yaml.YamlNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads definitions from YAML; every complaint names the file, the line and the field. */
final class DefinitionReader {
    /** What may be left out where nobody is called. */
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

    private DefinitionReader() {}

    static Workflow workflow(YamlNode root) {
        root.only("type", "aliases", "version", "lane", "phases");
        List<Phase> phases =
                root.nodes("phases").stream().map(DefinitionReader::phase).toList();
        String type = root.text("type");
        List<String> aliases = root.texts("aliases");
        int version = root.number("version");
        String lane = root.text("lane");
        try {
            return new Workflow(type, aliases, version, lane, phases);
        } catch (UnsoundDefinition e) {
            throw root.complaint(e.field(), e.rule());
        }
    }

    static Map<String, Lane> lanes(YamlNode root) {
        YamlNode lanes = root.only("lanes").node("lanes");
        Map<String, Lane> byName = new LinkedHashMap<>();
        for (String name : lanes.names()) {
            byName.put(name, lane(name, lanes.node(name).only("concurrency", "tenants", "default_cap")));
        }
        return byName;
    }

    static Map<String, FunctionEndpoint.Settings> functions(YamlNode root) {
        YamlNode functions = root.only("functions").node("functions");
        Map<String, FunctionEndpoint.Settings> byName = new LinkedHashMap<>();
        for (String name : functions.names()) {
            if (!FunctionEndpoint.isName(name)) {
                throw functions.complaint(name, "is no name: lower-case letters, digits, _ and - only");
            }
            byName.put(name, settings(functions.node(name).only("url", "slots", "batch", "max_wait")));
        }
        return byName;
    }

    private static Lane lane(String name, YamlNode node) {
        Map<String, Lane.Share> tenants = new LinkedHashMap<>();
        node.optional("tenants").ifPresent(all -> {
            for (String tenant : all.names()) {
                YamlNode share = all.node(tenant).only("weight", "cap");
                tenants.put(tenant, new Lane.Share(share.number("weight", 1), share.number("cap", Lane.NO_CAP)));
            }
        });
        int concurrency = node.number("concurrency");
        int defaultCap = node.number("default_cap", Lane.NO_CAP);
        try {
            return new Lane(name, concurrency, tenants, defaultCap);
        } catch (UnsoundDefinition e) {
            throw node.complaint(e.field(), e.rule());
        }
    }

    private static FunctionEndpoint.Settings settings(YamlNode node) {
        URI url = null;
        if (node.has("url")) {
            String text = node.text("url");
            url = http(text);
            if (url == null) {
                throw node.complaint("url", "must be an http or https address, not " + text);
            }
        }
        Integer slots = node.has("slots") ? (Integer) node.number("slots") : null;
        Integer batch = node.has("batch") ? (Integer) node.number("batch") : null;
        Duration maxWait = node.has("max_wait") ? node.duration("max_wait") : null;
        try {
            return new FunctionEndpoint.Settings(url, slots, batch, maxWait);
        } catch (UnsoundDefinition e) {
            throw node.complaint(e.field(), e.rule());
        }
    }

    private static @Nullable URI http(String text) {
        try {
            URI url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return web && url.getHost() != null ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static Phase phase(YamlNode node) {
        node.only(
                "name",
                "function",
                "mark",
                "timeout",
                "retry",
                "batch",
                "max_wait",
                "bucket",
                "reads",
                "params",
                "when",
                "repeat",
                "for_each",
                "external",
                "message");
        String function = node.has("function") ? node.text("function") : null;
        if (function == null && !node.has("external")) {
            throw node.complaint("function", "is missing: only an external phase has none");
        }
        YamlNode retry = node.node("retry").only("max_attempts", "backoff");
        YamlNode message = node.node("message").only("en", "zh");
        return new Phase(
                node.text("name"),
                function,
                node.number("mark"),
                function == null ? node.duration("timeout", MAX_TIMEOUT) : node.duration("timeout"),
                new Phase.Retry(retry.number("max_attempts"), retry.duration("backoff")),
                new Phase.Batch(
                        node.number("batch", Phase.Batch.DEFAULT_MAX_ITEMS),
                        node.duration("max_wait", Duration.ZERO),
                        node.texts("bucket")),
                new Phase.Input(node.texts("reads"), node.has("params") ? node.texts("params") : null),
                flow(node),
                new Phase.Message(message.text("en"), message.text("zh")));
    }

    private static Phase.Flow flow(YamlNode node) {
        return new Phase.Flow(
                node.optional("when").map(DefinitionReader::condition).orElse(null),
                node.optional("repeat").map(DefinitionReader::repeat).orElse(null),
                node.optional("for_each").map(DefinitionReader::forEach).orElse(null),
                node.optional("external").map(DefinitionReader::external).orElse(null));
    }

    private static Phase.Condition condition(YamlNode node) {
        node.only("phase", "fact", "equals");
        return new Phase.Condition(node.text("phase"), node.text("fact"), node.text("equals"));
    }

    private static Phase.Repeat repeat(YamlNode node) {
        node.only("fact", "max", "allowed");
        return new Phase.Repeat(node.text("fact"), node.number("max"), node.texts("allowed"));
    }

    private static Phase.ForEach forEach(YamlNode node) {
        node.only("phase", "field", "concurrency", "max_items", "partial");
        String partial = node.has("partial") ? node.text("partial") : "forbidden";
        if (!partial.equals("allowed") && !partial.equals("forbidden")) {
            throw node.complaint("partial", "must be allowed or forbidden, not " + partial);
        }
        return new Phase.ForEach(
                node.text("phase"),
                node.text("field"),
                node.number("concurrency", Phase.ForEach.DEFAULT_CONCURRENCY),
                node.number("max_items", Phase.ForEach.DEFAULT_MAX_ITEMS),
                partial.equals("allowed"));
    }

    private static Phase.External external(YamlNode node) {
        return new Phase.External(node.only("lease").duration("lease"));
    }
}
