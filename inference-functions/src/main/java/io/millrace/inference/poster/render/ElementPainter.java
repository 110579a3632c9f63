package io.millrace.inference.poster.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.poster.render.Scene.Element;
import io.millrace.inference.poster.render.Scene.Placement;
import io.millrace.inference.poster.scene.Rect;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws one text, picture or shape: shadow, fill, outline. Groups and blend modes are the scene's. */
final class ElementPainter {
    /** Pixels; dashes that are shorter together cannot be told from a line, and cost a segment each. */
    private static final double LEAST_DASHES = 0.5;

    private static final int SHADOW_STEPS = 14;
    /** A ring of a shadow of the default colour, rgba(0,0,0,0.26). */
    private static final double RING = 0.022 / 0.26;

    private final Graphics2D graphics;
    private final Stage stage;

    /** @param stage what is the same for all elements of a scene */
    ElementPainter(Graphics2D graphics, Stage stage) {
        this.graphics = graphics;
        this.stage = stage;
    }

    void paint(Element element) throws PhaseFailure {
        AffineTransform before = graphics.getTransform();
        graphics.transform(transform(element.placement()));
        switch (element.type()) {
            case "text" -> text(element);
            case "image" -> image(element);
            default -> shape(element);
        }
        graphics.setTransform(before);
        graphics.setComposite(AlphaComposite.SrcOver);
    }

    static AffineTransform transform(Placement placement) {
        Rect box = placement.box();
        AffineTransform transform = AffineTransform.getTranslateInstance(box.centerX(), box.centerY());
        transform.rotate(Math.toRadians(placement.rotation()));
        transform.shear(tangent(placement.skewX()), tangent(placement.skewY()));
        transform.scale(placement.scaleX(), placement.scaleY());
        transform.translate(-box.centerX(), -box.centerY());
        return transform;
    }

    private static double tangent(double degrees) {
        return Math.tan(Math.toRadians(Scene.clamped(degrees, -89, 89)));
    }

    private void shape(Element element) throws PhaseFailure {
        JsonNode style = element.style();
        Rect box = element.placement().box();
        Shape outline = Outlines.of(element.content(), box);
        boolean square = element.content().path("shape_path").asText("").isEmpty()
                && element.content().path("shape_type").asText("rect").contains("rect");
        if (style.path("shadow").isObject()) {
            if (square) {
                rings(box, Scene.finite(element.content().path("radius"), 0), style.path("shadow"));
            } else {
                silhouette(outline, style.path("shadow"), element.opacity());
            }
        }
        opacity(element);
        fill(outline, element, box);
        stroke(outline, style.path("stroke"));
    }

    private void fill(Shape outline, Element element, Rect box) throws PhaseFailure {
        JsonNode fill = element.style().path("fill");
        if (!fill.isObject()) {
            return;
        }
        BufferedImage picture = filling(element);
        Paint paint = picture == null ? Paints.of(fill, box) : null;
        if (picture != null) {
            graphics.setPaint(Patterns.picture(picture, box, fit(fill)));
            graphics.fill(outline);
        } else if (paint != null) {
            graphics.setPaint(paint);
            graphics.fill(outline);
        }
    }

    /** The picture a fill shows: that of an image, or the tile of a pattern that has one; null when it shows none. */
    private @Nullable BufferedImage filling(Element element) throws PhaseFailure {
        JsonNode fill = element.style().path("fill");
        String type = fill.path("type").asText("");
        boolean tiled = type.equals("pattern") && fill.path("image").has("url");
        return type.equals("image") || tiled
                ? stage.picture(
                        "style.fill.image.url of element " + element.id(),
                        fill.path("image").path("url").asText(""))
                : null;
    }

    private static String fit(JsonNode fill) {
        String otherwise = fill.path("type").asText("").equals("pattern") ? "tile" : "cover";
        return fill.path("image").path("fit").asText(otherwise);
    }

    private void stroke(Shape outline, JsonNode stroke) {
        double width = Scene.finite(stroke.path("width"), 1);
        Color colour = Paints.colour(stroke.path("color").asText("")).orElse(null);
        if (!stroke.isObject() || colour == null || width <= 0) {
            return;
        }
        graphics.setColor(colour);
        graphics.setStroke(lines(stroke, (float) width));
        graphics.draw(outline);
    }

    private static BasicStroke lines(JsonNode stroke, float width) {
        int cap = switch (stroke.path("line_cap").asText("round")) {
            case "butt" -> BasicStroke.CAP_BUTT;
            case "square" -> BasicStroke.CAP_SQUARE;
            default -> BasicStroke.CAP_ROUND;
        };
        int join = switch (stroke.path("line_join").asText("round")) {
            case "miter" -> BasicStroke.JOIN_MITER;
            case "bevel" -> BasicStroke.JOIN_BEVEL;
            default -> BasicStroke.JOIN_ROUND;
        };
        List<Float> dashes = new ArrayList<>();
        stroke.path("dash_array").forEach(dash -> dashes.add((float) Math.max(0, dash.asDouble())));
        boolean dashed = dashes.stream().mapToDouble(Float::doubleValue).sum() >= LEAST_DASHES;
        float[] pattern = dashed ? new float[dashes.size()] : null;
        for (int i = 0; pattern != null && i < pattern.length; i++) {
            pattern[i] = dashes.get(i);
        }
        return new BasicStroke(width, cap, join, 10, pattern, 0);
    }

    private void text(Element element) throws PhaseFailure {
        TextBlock block = stage.block(element);
        JsonNode style = element.style();
        JsonNode textStyle = style.path("text_style");
        Rect box = block.box();
        JsonNode fill = style.path("fill");
        BufferedImage picture = filling(element);
        Paint paint = fill.isObject() && picture == null ? Paints.of(fill, box) : Color.BLACK;
        boolean outlined = style.path("stroke").isObject() || picture != null || !(paint instanceof Color);
        if (style.path("shadow").isObject()) {
            Shape letters = stage.letters().outline(graphics, block, textStyle);
            silhouette(letters, style.path("shadow"), element.opacity());
        }
        opacity(element);
        if (!outlined && paint != null) {
            graphics.setPaint(paint);
            stage.letters().draw(graphics, block, textStyle);
            return;
        }
        Shape letters = stage.letters().outline(graphics, block, textStyle);
        // Under the letters, so that a wide outline does not eat them.
        stroke(letters, style.path("stroke"));
        if (picture != null) {
            fill(letters, element, box);
        } else if (paint != null) {
            graphics.setPaint(paint);
            graphics.fill(letters);
        }
    }

    private void image(Element element) throws PhaseFailure {
        BufferedImage picture = stage.picture(
                "content.image_url of element " + element.id(),
                element.content().path("image_url").asText(""));
        if (picture == null) {
            return;
        }
        Rect box = element.placement().box();
        Shape outline = Outlines.rounded(box, Scene.finite(element.content().path("radius"), 0));
        if (element.style().path("shadow").isObject()) {
            rings(
                    box,
                    Scene.finite(element.content().path("radius"), 0),
                    element.style().path("shadow"));
        }
        opacity(element);
        graphics.setPaint(Patterns.picture(picture, box, "cover"));
        graphics.fill(outline);
        stroke(outline, element.style().path("stroke"));
    }

    private void opacity(Element element) {
        graphics.setComposite(AlphaComposite.SrcOver.derive((float) element.opacity()));
    }

    /** As posters are drawn first: many faint rings, denser towards the form. */
    private void rings(Rect box, double radius, JsonNode shadow) {
        Color colour = shadowColour(shadow);
        double blur = Math.max(0, Scene.finite(shadow.path("blur"), 0));
        double alpha = Scene.clamped(colour.getAlpha() / 255.0 * RING, 0, 1);
        graphics.setComposite(AlphaComposite.SrcOver.derive((float) alpha));
        graphics.setColor(new Color(colour.getRGB() & 0xffffff));
        double dx = Scene.finite(shadow.path("offset_x"), 0);
        double dy = Scene.finite(shadow.path("offset_y"), 0);
        for (int i = 0; i < SHADOW_STEPS; i++) {
            double spread = blur * (i / (double) SHADOW_STEPS - 0.25) + Scene.finite(shadow.path("spread"), 0);
            Rect ring = box.grown(spread);
            Rect moved = new Rect(ring.x() + dx, ring.y() + dy, ring.w(), ring.h());
            graphics.fill(Outlines.rounded(moved, radius + Math.max(0, spread)));
        }
        graphics.setComposite(AlphaComposite.SrcOver);
    }

    /** The form in one colour, blurred: in a picture of its own, no larger than what is seen of it. */
    private void silhouette(Shape outline, JsonNode shadow, double opacity) {
        double spread = Scene.finite(shadow.path("spread"), 0);
        double blur = Math.max(0, Scene.finite(shadow.path("blur"), 0));
        AffineTransform place = new AffineTransform(graphics.getTransform());
        place.translate(Scene.finite(shadow.path("offset_x"), 0), Scene.finite(shadow.path("offset_y"), 0));
        Rectangle2D reach = place.createTransformedShape(outline).getBounds2D();
        double margin = 2 * blur + 2 * Math.max(0, spread) * Math.max(1, place.getScaleX()) + 2;
        reach.setRect(
                reach.getX() - margin,
                reach.getY() - margin,
                reach.getWidth() + 2 * margin,
                reach.getHeight() + 2 * margin);
        Rectangle seen = reach.createIntersection(stage.frame()).getBounds();
        if (seen.isEmpty()) {
            return;
        }
        BufferedImage blurred = new BufferedImage(seen.width, seen.height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D on = Stage.quality(blurred);
        on.translate(-seen.x, -seen.y);
        on.transform(place);
        on.setColor(shadowColour(shadow));
        on.fill(outline);
        if (spread != 0) {
            // Half of the line lies inside the form: drawn it widens the form, rubbed out it narrows it.
            if (spread < 0) {
                on.setComposite(AlphaComposite.DstOut);
                on.setColor(Color.BLACK);
            }
            on.setStroke(
                    new BasicStroke((float) (2 * Math.abs(spread)), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            on.draw(outline);
        }
        on.dispose();
        // CSS: the deviation of the blur is half its radius.
        Filters.blur(blurred, blur / 2);
        AffineTransform before = graphics.getTransform();
        graphics.setTransform(new AffineTransform());
        graphics.setComposite(AlphaComposite.SrcOver.derive((float) opacity));
        graphics.drawImage(blurred, seen.x, seen.y, null);
        graphics.setTransform(before);
        graphics.setComposite(AlphaComposite.SrcOver);
    }

    private static Color shadowColour(JsonNode shadow) {
        @Nullable Color given = Paints.colour(shadow.path("color").asText("")).orElse(null);
        return given == null ? new Color(0, 0, 0, 66) : given;
    }
}
