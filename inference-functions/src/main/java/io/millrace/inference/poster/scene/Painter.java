package io.millrace.inference.poster.scene;

import io.millrace.inference.poster.colour.Rgb;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.Map;

/** Paints shapes and text onto a picture. */
public final class Painter implements AutoCloseable {
    private static final int SHADOW_STEPS = 14;

    private final Graphics2D graphics;
    private final Map<String, BufferedImage> pictures;

    /** @param pictures by artifact reference, for shapes of type IMAGE */
    public Painter(BufferedImage target, Map<String, BufferedImage> pictures) {
        this.pictures = Map.copyOf(pictures);
        graphics = target.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    }

    public Graphics2D graphics() {
        return graphics;
    }

    public void paint(Shape shape) {
        Shape.Look look = shape.look();
        if (shape.type() == Shape.Type.IMAGE) {
            image(shape);
            return;
        }
        java.awt.Shape outline = outline(shape);
        if (look.shadow() > 0) {
            shadow(shape.box(), look);
        }
        graphics.setComposite(AlphaComposite.SrcOver.derive((float) look.opacity()));
        Rgb fill = look.fill();
        if (fill != null) {
            graphics.setColor(new Color(fill.value()));
            graphics.fill(outline);
        }
        Rgb stroke = look.stroke();
        if (stroke != null && look.strokeWidth() > 0) {
            graphics.setColor(new Color(stroke.value()));
            graphics.setStroke(
                    new BasicStroke((float) look.strokeWidth(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(outline);
        }
        graphics.setComposite(AlphaComposite.SrcOver);
    }

    private static java.awt.Shape outline(Shape shape) {
        Rect box = shape.box();
        return switch (shape.type()) {
            case RECT, IMAGE -> round(box, shape.look().radius());
            case ELLIPSE -> new Ellipse2D.Double(box.x(), box.y(), box.w(), box.h());
            case PATH -> {
                AffineTransform place = AffineTransform.getTranslateInstance(box.x(), box.y());
                place.scale(box.w() / 100, box.h() / 100);
                yield place.createTransformedShape(Outline.parse(shape.path()));
            }
        };
    }

    private static RoundRectangle2D round(Rect box, double radius) {
        double arc = 2 * Math.min(radius, Math.min(box.w(), box.h()) / 2);
        return new RoundRectangle2D.Double(box.x(), box.y(), box.w(), box.h(), arc, arc);
    }

    /** Many faint rings, denser towards the form: close to a Gaussian and free of a second buffer. */
    private void shadow(Rect box, Shape.Look look) {
        graphics.setComposite(AlphaComposite.SrcOver.derive(0.022f));
        graphics.setColor(Color.BLACK);
        for (int i = 0; i < SHADOW_STEPS; i++) {
            double spread = look.shadow() * (i / (double) SHADOW_STEPS - 0.25);
            Rect ring = box.grown(spread);
            graphics.fill(round(
                    new Rect(ring.x(), ring.y() + look.shadow() * 0.35, ring.w(), ring.h()),
                    look.radius() + Math.max(0, spread)));
        }
        graphics.setComposite(AlphaComposite.SrcOver);
    }

    /** Fills the box, cropping what does not fit, inside round corners. */
    private void image(Shape shape) {
        BufferedImage picture = pictures.get(shape.path());
        if (picture == null) {
            return;
        }
        Rect box = shape.box();
        double scale = Math.max(box.w() / picture.getWidth(), box.h() / picture.getHeight());
        double width = picture.getWidth() * scale;
        double height = picture.getHeight() * scale;
        java.awt.Shape before = graphics.getClip();
        graphics.clip(round(box, shape.look().radius()));
        graphics.setComposite(AlphaComposite.SrcOver.derive((float) shape.look().opacity()));
        graphics.drawImage(
                picture,
                (int) Math.round(box.centerX() - width / 2),
                (int) Math.round(box.centerY() - height / 2),
                (int) Math.round(width),
                (int) Math.round(height),
                null);
        graphics.setComposite(AlphaComposite.SrcOver);
        graphics.setClip(before);
    }

    @Override
    public void close() {
        graphics.dispose();
    }
}
