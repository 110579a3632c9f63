package io.millrace.inference.poster.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.flow.TaskLine;
import io.millrace.inference.poster.scene.Pictures;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every style an element or a layer can have, drawn by the {@code render} function and compared with the picture that a person has looked
 * at. {@code golden/scenes.json} holds one scene for each, {@code golden/NAME.png} its picture. After a change that is meant, write them
 * anew with {@code -Dtest=GoldenTest -Dgolden=src/test/resources/golden}, and look at what git says has changed.
 */
final class GoldenTest {
    private static final int SIDE = 160;
    /** Of 255 in any channel; edges move that much with the library that smooths them. */
    private static final int CHANNEL = 24;
    /** Share of pixels that may differ by more. */
    private static final double SHARE = 0.005;

    private static final Map<String, BufferedImage> DRAWN = new LinkedHashMap<>();

    @BeforeAll
    static void drawThem() throws Exception {
        JsonNode scenes = new ObjectMapper().readTree(GoldenTest.class.getResourceAsStream("/golden/scenes.json"));
        for (Map.Entry<String, JsonNode> scene : scenes.properties()) {
            DRAWN.put(scene.getKey(), drawn((ObjectNode) scene.getValue()));
        }
    }

    private static BufferedImage drawn(ObjectNode scene) throws Exception {
        TaskLine store = new TaskLine("poster_render", "{}");
        String picture = store.artifacts.put(Pictures.png(photo())).toString();
        scene.put("poster_id", "p").put("width", SIDE).put("height", SIDE);
        byte[] bytes = scene.toString().replace("@PICTURE@", picture).getBytes(StandardCharsets.UTF_8);
        String reference = store.artifacts.put(bytes).toString();
        TaskLine line = new TaskLine("poster_render", "{\"scene\": \"" + reference + "\"}")
                .with(bytes)
                .with(Pictures.png(photo()))
                .run();
        return ImageIO.read(
                new ByteArrayInputStream(line.bytes(line.result("drawing").at("/images/0/url"))));
    }

    /** Something with light, dark, soft and hard in it. */
    private static BufferedImage photo() {
        BufferedImage photo = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = Stage.quality(photo);
        graphics.setPaint(new GradientPaint(0, 0, new Color(0x2b6cb0), 0, 48, new Color(0xfbd38d)));
        graphics.fillRect(0, 0, 64, 48);
        graphics.setColor(new Color(0xf56565));
        graphics.fillOval(36, 6, 18, 18);
        graphics.setColor(new Color(0x22543d));
        graphics.fillPolygon(new int[] {0, 18, 40, 0}, new int[] {48, 20, 48, 48}, 4);
        graphics.setColor(new Color(0x38a169));
        graphics.fillPolygon(new int[] {20, 44, 64, 64}, new int[] {48, 28, 40, 48}, 4);
        graphics.dispose();
        return photo;
    }

    @Test
    @DisabledIfSystemProperty(named = "golden", matches = ".+")
    void everyStyleLooksAsItDidWhenSomebodyLooked() throws Exception {
        List<String> changed = new ArrayList<>();
        for (Map.Entry<String, BufferedImage> drawn : DRAWN.entrySet()) {
            double share = differing(golden(drawn.getKey()), drawn.getValue());
            if (share > SHARE) {
                changed.add("%s: %.1f %% of its pixels".formatted(drawn.getKey(), 100 * share));
                save(Path.of("target", "golden"), drawn.getKey(), drawn.getValue());
            }
        }
        assertThat(changed)
                .as("differ from src/test/resources/golden, see target/golden")
                .isEmpty();
    }

    @Test
    void noStyleIsIgnored() {
        List<String> alike = new ArrayList<>();
        List<String> names = List.copyOf(DRAWN.keySet());
        for (int i = 0; i < names.size(); i++) {
            for (int j = 0; j < i; j++) {
                BufferedImage one = Objects.requireNonNull(DRAWN.get(names.get(i)));
                BufferedImage other = Objects.requireNonNull(DRAWN.get(names.get(j)));
                if (differing(one, other) <= SHARE) {
                    alike.add(names.get(j) + " and " + names.get(i));
                }
            }
        }
        assertThat(alike).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(
            named = "golden",
            matches = ".+",
            disabledReason = "set -Dgolden=FOLDER to write them anew")
    void writesThemAnew() throws Exception {
        for (Map.Entry<String, BufferedImage> drawn : DRAWN.entrySet()) {
            save(Path.of(System.getProperty("golden")), drawn.getKey(), drawn.getValue());
        }
    }

    private static BufferedImage golden(String name) throws Exception {
        try (InputStream stream = GoldenTest.class.getResourceAsStream("/golden/" + name + ".png")) {
            return ImageIO.read(Objects.requireNonNull(stream, name));
        }
    }

    private static void save(Path folder, String name, BufferedImage picture) throws Exception {
        Files.createDirectories(folder);
        Files.write(folder.resolve(name + ".png"), Pictures.png(picture));
    }

    private static double differing(BufferedImage one, BufferedImage other) {
        assertThat(one.getWidth()).isEqualTo(other.getWidth());
        assertThat(one.getHeight()).isEqualTo(other.getHeight());
        int differing = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                differing += same(one.getRGB(x, y), other.getRGB(x, y)) ? 0 : 1;
            }
        }
        return differing / (double) (one.getWidth() * one.getHeight());
    }

    private static boolean same(int one, int other) {
        for (int shift = 0; shift <= 16; shift += 8) {
            if (Math.abs((one >> shift & 255) - (other >> shift & 255)) > CHANNEL) {
                return false;
            }
        }
        return true;
    }
}
