package io.millrace.inference.poster.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.render.Scene.Element;
import io.millrace.inference.poster.render.Scene.Layer;
import io.millrace.inference.poster.text.Ground;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws a scene: layer by layer, and within each element by element; opacity and blend modes as CSS defines them. */
final class ScenePainter {
    /** Groups inside each other, at most. */
    static final int MAX_NESTED = 8;
    /** Pixels of the pictures that groups inside each other are drawn on, at most. */
    private static final long MAX_HELD = 40L << 20;

    private final Scene scene;
    private final Stage stage;
    private final PhaseContext context;
    private final Map<String, Double> contrasts = new LinkedHashMap<>();
    private final BufferedImage canvas;

    ScenePainter(Scene scene, Stage stage, PhaseContext context) {
        this.scene = scene;
        this.stage = stage;
        this.context = context;
        this.canvas = new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_INT_RGB);
    }

    /** The finished picture, opaque. */
    BufferedImage paint() throws PhaseFailure {
        ground();
        for (Layer layer : scene.layers()) {
            context.checkWanted();
            if (!layer.visible() || layer.opacity() == 0) {
                continue;
            }
            boolean plain = layer.opacity() == 1 && layer.blendMode().equals("normal");
            BufferedImage target = plain ? canvas : stage.clear();
            layer(layer, target);
            if (!plain) {
                Blend.over(canvas, target, layer.blendMode(), layer.opacity());
            }
        }
        return canvas;
    }

    /** WCAG contrast of each text of one colour against what is behind it, 1 to 21, by element. */
    Map<String, Double> contrasts() {
        return Map.copyOf(contrasts);
    }

    /** A picture of the poster's own counts only where no layer of type background stands for it. */
    private void ground() throws PhaseFailure {
        Graphics2D graphics = Stage.quality(canvas);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, scene.width(), scene.height());
        Paint paint = Paints.css(scene.background(), stage.canvas());
        boolean layered = scene.layers().stream().anyMatch(layer -> layer.type().equals("background"));
        if (paint != null) {
            graphics.setPaint(paint);
            graphics.fillRect(0, 0, scene.width(), scene.height());
        } else if (scene.background().startsWith("sha256:") && !layered) {
            BufferedImage picture = stage.picture("background", scene.background());
            graphics.drawImage(picture, 0, 0, scene.width(), scene.height(), null);
        }
        graphics.dispose();
    }

    private void layer(Layer layer, BufferedImage target) throws PhaseFailure {
        Map<String, Element> byId = new HashMap<>();
        Set<String> inGroups = new HashSet<>();
        for (Element element : layer.elements()) {
            byId.put(element.id(), element);
            if (element.type().equals("group")) {
                element.content().path("children").forEach(child -> inGroups.add(child.asText()));
            }
        }
        List<Element> top = layer.elements().stream()
                .filter(element -> !inGroups.contains(element.id()))
                .toList();
        Nest nest = new Nest(byId, new HashSet<>());
        for (Element element : top) {
            element(element, target, nest, 0, 0);
        }
    }

    /**
     * The elements of a layer.
     *
     * @param drawn those that were drawn: one that stands in several groups, or in itself, is drawn once
     */
    private record Nest(Map<String, Element> byId, Set<String> drawn) {
        List<Element> children(Element group) {
            List<Element> children = new ArrayList<>();
            for (JsonNode child : group.content().path("children")) {
                Element known = byId.get(child.asText());
                if (known != null) {
                    children.add(known);
                }
            }
            return children;
        }
    }

    /**
     * @param depth groups around it
     * @param held of them, those that are drawn on a picture of their own
     */
    private void element(Element element, BufferedImage target, Nest nest, int depth, int held) throws PhaseFailure {
        if (!element.visible() || element.opacity() == 0 || !nest.drawn().add(element.id())) {
            return;
        }
        context.checkWanted();
        JsonNode filters = element.style().path("filters");
        boolean group = element.type().equals("group");
        List<Element> children = group ? nest.children(element) : List.of();
        boolean apart =
                !element.blendMode().equals("normal") || !filters.isEmpty() || group && !transparent(element, children);
        if (group) {
            requireRoom(element, depth + 1, held + (apart ? 1 : 0));
        }
        BufferedImage onto = apart ? stage.clear() : target;
        if (group) {
            for (Element child : children) {
                element(child, onto, nest, depth + 1, held + (apart ? 1 : 0));
            }
            onto = placed(onto, element);
        } else {
            measure(element);
            Graphics2D graphics = Stage.quality(onto);
            new ElementPainter(graphics, stage).paint(element);
            graphics.dispose();
        }
        if (apart) {
            Filters.apply(onto, filters);
            Blend.over(target, onto, element.blendMode(), group ? element.opacity() : 1);
        }
    }

    /** Whether the children look the same without the group: it neither fades nor moves them, and none blends with its fellows alone. */
    private static boolean transparent(Element group, List<Element> children) {
        return group.opacity() == 1
                && ElementPainter.transform(group.placement()).isIdentity()
                && children.stream().allMatch(child -> child.blendMode().equals("normal"));
    }

    private void requireRoom(Element group, int depth, int held) throws PhaseFailure {
        long pixels = (long) scene.width() * scene.height();
        if (depth > MAX_NESTED || held > 1 && held * pixels > MAX_HELD) {
            long most = Math.min(MAX_NESTED, Math.max(1, MAX_HELD / pixels));
            throw PhaseFailure.badInput(
                    "group " + group.id(),
                    "stands in " + (depth - 1) + " groups: on a poster of " + scene.width() + " x " + scene.height()
                            + " at most " + most + " can stand inside each other");
        }
    }

    /** A group's children stand where they stand on the poster; the group turns and stretches them as one. */
    private BufferedImage placed(BufferedImage children, Element group) {
        AffineTransform transform = ElementPainter.transform(group.placement());
        if (transform.isIdentity()) {
            return children;
        }
        BufferedImage placed = stage.clear();
        Graphics2D graphics = Stage.quality(placed);
        graphics.drawImage(children, transform, null);
        graphics.dispose();
        return placed;
    }

    private void measure(Element element) throws PhaseFailure {
        if (!element.type().equals("text")) {
            return;
        }
        TextBlock block = stage.block(element);
        Paints.colour(element.style().path("fill").path("color").asText(""))
                .filter(colour -> colour.getAlpha() > 127)
                .ifPresent(colour -> contrasts.put(
                        element.id(), Ground.behind(canvas, block.box()).contrast(new Rgb(colour.getRGB()))));
    }
}
