package io.millrace.local.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something to crawl on any machine: the guide that the stack's own edge shows. A file that somebody else has written stays as it is.
 */
final class CrawlSources {
    private static final String FILE = "crawl-sources.json";
    private static final String OURS = "written_by_millrace_up";
    private static final List<String> PAGES = List.of("types", "console", "models", "functions", "scheduling");

    private static final ObjectMapper JSON = new ObjectMapper();

    private CrawlSources() {}

    static void write(Path models, String edgeUrl) throws IOException {
        Path file = models.resolve(FILE);
        if (Files.exists(file) && !isOurs(file)) {
            return;
        }
        Map<String, Object> guide = new LinkedHashMap<>();
        guide.put("type", "pages");
        guide.put("urls", PAGES.stream().map(page -> edgeUrl + "/guide/" + page).toList());
        guide.put("pause_ms", 100);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(OURS, "and again at each start; without this field it stays as you make it");
        all.put("sources", Map.of("guide", guide));
        all.put("allow_private", List.of(edgeUrl.substring(edgeUrl.indexOf("//") + 2)));
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }

    private static boolean isOurs(Path file) throws IOException {
        try {
            return JSON.readTree(file.toFile()).has(OURS);
        } catch (JsonProcessingException broken) {
            // Whoever writes it will be told by the task that reads it.
            return false;
        }
    }
}
