package io.millrace.inference.poster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Not a check: paints the posters of {@code gallery.json} for people to look at. */
@EnabledIfSystemProperty(named = "gallery", matches = ".+", disabledReason = "set -Dgallery=FOLDER to paint it")
public final class GalleryTest {
    @Test
    void paintsTheGallery() throws Exception {
        main(System.getProperty("gallery"), System.getProperty("only", ""));
    }

    public static void main(String... args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        JsonNode gallery = new ObjectMapper().readTree(GalleryTest.class.getResourceAsStream("/gallery.json"));
        for (Map.Entry<String, JsonNode> entry : gallery.properties()) {
            if (args.length < 2 || entry.getKey().matches(args[1] + ".*")) {
                PosterLine line = new PosterLine(shrunk((ObjectNode) entry.getValue()));
                if (Boolean.getBoolean("look")) {
                    line.look();
                    Files.write(folder.resolve(entry.getKey() + ".png"), line.poster());
                    continue;
                }
                line.run();
                Files.write(folder.resolve(entry.getKey() + ".png"), line.poster());
                System.out.println(entry.getKey() + " cpu_ms=" + line.total() + " " + line.millis + " rounds="
                        + line.rounds
                        + "\n   " + line.facts(Phases.INTENT) + "\n   " + line.facts(Phases.LAYOUT) + "\n   "
                        + line.facts(Phases.QUALITY) + "\n   " + line.facts(Phases.REFINE));
                line.result(Phases.OCR).path("checks").forEach(check -> {
                    if (!check.path("found").asBoolean()) {
                        System.out.println("   not read: " + check);
                    }
                });
            }
        }
        ContactSheet.make(folder);
    }

    /** For a quick look: the same posters on a smaller canvas. */
    private static JsonNode shrunk(ObjectNode params) {
        int divisor = Integer.getInteger("shrink", 1);
        ObjectNode size = params.withObject("/size");
        size.put("width", size.path("width").asInt(1080) / divisor);
        size.put("height", size.path("height").asInt(1920) / divisor);
        return params;
    }
}
