package io.millrace.inference.poster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
                PosterLine line = new PosterLine(entry.getValue()).run();
                Files.write(folder.resolve(entry.getKey() + ".png"), line.poster());
                System.out.println(entry.getKey() + " ms=" + line.total() + " " + line.millis + " rounds=" + line.rounds
                        + "\n   " + line.facts.get(Phases.INTENT) + "\n   " + line.facts.get(Phases.LAYOUT) + "\n   "
                        + line.facts.get(Phases.QUALITY) + "\n   " + line.facts.get(Phases.REFINE));
            }
        }
    }
}
