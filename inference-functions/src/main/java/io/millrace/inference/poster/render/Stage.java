package io.millrace.inference.poster.render;

import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Typesetter;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all elements of one scene share: its size, its pictures, and its texts once they are set. */
final class Stage {
    private final Rect canvas;
    private final PhaseContext context;
    private final Typesetter typesetter;
    private final TextPainter letters;
    private final Map<String, BufferedImage> pictures = new HashMap<>();
    private final Map<String, TextBlock> blocks = new LinkedHashMap<>();

    Stage(Scene scene, PhaseContext context, Typesetter typesetter) {
        this.canvas = new Rect(0, 0, scene.width(), scene.height());
        this.context = context;
        this.typesetter = typesetter;
        this.letters = new TextPainter(typesetter);
    }

    TextPainter letters() {
        return letters;
    }

    Rect canvas() {
        return canvas;
    }

    /** What is seen of the plane. */
    Rectangle2D frame() {
        return new Rectangle2D.Double(0, 0, canvas.w(), canvas.h());
    }

    /** An element's text, set once. @throws PhaseFailure BAD_INPUT when the font lacks some of its characters */
    TextBlock block(Scene.Element element) throws PhaseFailure {
        TextBlock known = blocks.get(element.id());
        if (known != null) {
            return known;
        }
        String missing =
                typesetter.faces().missing(element.content().path("text").asText(""));
        if (!missing.isEmpty()) {
            throw PhaseFailure.badInput(
                    "content.text of element " + element.id(),
                    "has characters the font lacks: " + missing
                            + " - reword it, or set MILLRACE_FONT_DIR to a folder with the full fonts");
        }
        TextBlock block = TextBlock.of(element, canvas, typesetter);
        blocks.put(element.id(), block);
        return block;
    }

    /** The texts that were set, by element. */
    Map<String, TextBlock> blocks() {
        return Map.copyOf(blocks);
    }

    /** A picture out of the store; null, with a line in the task's log, when the text names none. */
    @Nullable
    BufferedImage picture(String ref) throws PhaseFailure {
        if (!ref.startsWith("sha256:")) {
            context.log("warn", ref.isEmpty() ? "a picture element names no picture" : "not drawn: " + ref);
            return null;
        }
        BufferedImage known = pictures.get(ref);
        if (known == null) {
            known = Phases.picture(context, ref);
            pictures.put(ref, known);
        }
        return known;
    }

    /** A clear picture of the scene's size. */
    BufferedImage clear() {
        return new BufferedImage((int) canvas.w(), (int) canvas.h(), BufferedImage.TYPE_INT_ARGB);
    }

    static Graphics2D quality(BufferedImage picture) {
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        return graphics;
    }
}
