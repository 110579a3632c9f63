package io.millrace.inference.crawl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.inference.function.PhaseFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where tasks may crawl: nothing but what the file {@code crawl-sources.json} beside the models names. {@code {"sources": {NAME: {"type": "feed" |
 * "pages", "urls": [], "pause_ms": 1000}}, "allow_private": ["host", "host:port"]}}.
 */
public final class Sources {
    private static final String FILE = "crawl-sources.json";
    private static final int MIN_PAUSE = 100;
    private static final int PAUSE = 1_000;
    private static final int MAX_URLS = 200;

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Set<String> allowed = new HashSet<>();

    /**
     * One place to crawl.
     *
     * @param feed whether the addresses are RSS or Atom feeds; else pages
     * @param pauseMillis between two requests to one host
     */
    record Source(String name, boolean feed, List<URI> urls, int pauseMillis) {
        Source {
            urls = List.copyOf(urls);
        }
    }

    private Sources() {}

    /** Without the file there is nowhere to crawl. @throws IOException when it is there and unsound, naming the place */
    public static Sources load(Path models) throws IOException {
        Sources all = new Sources();
        Path file = models.resolve(FILE);
        if (Files.isRegularFile(file)) {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            for (Map.Entry<String, JsonNode> entry : root.path("sources").properties()) {
                all.sources.put(entry.getKey(), source(entry.getKey(), entry.getValue()));
            }
            root.path("allow_private")
                    .forEach(host -> all.allowed.add(host.asText().toLowerCase(Locale.ROOT)));
        }
        return all;
    }

    private static Source source(String name, JsonNode node) throws IOException {
        String type = node.path("type").asText();
        if (!type.equals("feed") && !type.equals("pages")) {
            throw new IOException(FILE + ": " + name + ".type must be feed or pages");
        }
        List<URI> urls = new ArrayList<>();
        for (JsonNode url : node.path("urls")) {
            try {
                urls.add(URI.create(url.asText()));
            } catch (IllegalArgumentException e) {
                throw new IOException(FILE + ": " + name + ".urls holds no address: " + url.asText(), e);
            }
        }
        if (urls.isEmpty() || urls.size() > MAX_URLS) {
            throw new IOException(FILE + ": " + name + ".urls must hold 1 to " + MAX_URLS + " addresses");
        }
        return new Source(
                name,
                type.equals("feed"),
                urls,
                Math.max(MIN_PAUSE, node.path("pause_ms").asInt(PAUSE)));
    }

    /** Hosts that may lie in private networks. */
    Set<String> allowed() {
        return allowed;
    }

    Source named(String name) throws PhaseFailure {
        Source source = sources.get(name);
        if (source == null) {
            throw PhaseFailure.badInput(
                    "source",
                    sources.isEmpty()
                            ? "names nothing: this installation has no " + FILE + " beside its models"
                            : "names no source of this installation; there are " + new TreeSet<>(sources.keySet()));
        }
        return source;
    }

    /** The only one, where a task need not name it. */
    String usual() {
        return sources.size() == 1 ? sources.keySet().iterator().next() : "";
    }
}
