package io.millrace.inference.poster.render;

import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.picture.Bounds;
import io.millrace.inference.picture.Uploaded;
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
    private static final long HELD_PIXELS = 4L * Uploaded.KEPT_PIXELS;

    private final Rect canvas;
    private final PhaseContext context;
    private final Typesetter typesetter;
    private final TextPainter letters;
    private final Map<String, BufferedImage> pictures = new HashMap<>();
    private final Map<String, TextBlock> blocks = new LinkedHashMap<>();
    private long held;

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

    /**
     * A picture out of the store, with no more pixels than a poster shows; null, with a line in the task's log, when the text names none. What
     * is held is bounded: a scene may name hundreds of pictures, and one that had to go is read again.
     *
     * @param field of the scene that names it, for the message
     * @throws PhaseFailure BAD_INPUT naming the field when it is no picture that can be read
     */
    @Nullable
    BufferedImage picture(String field, String ref) throws PhaseFailure {
        if (!ref.startsWith("sha256:")) {
            context.log("warn", ref.isEmpty() ? "a picture element names no picture" : "not drawn: " + ref);
            return null;
        }
        BufferedImage known = pictures.get(ref);
        if (known == null) {
            int most = (int) Math.max(Uploaded.KEPT_PIXELS, canvas.w() * canvas.h());
            known = Uploaded.read(context, field, ref, new Bounds(1, most));
            if (held + pixels(known) > HELD_PIXELS) {
                pictures.clear();
                held = 0;
            }
            held += pixels(known);
            pictures.put(ref, known);
        }
        return known;
    }

    private static long pixels(BufferedImage picture) {
        return (long) picture.getWidth() * picture.getHeight();
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
