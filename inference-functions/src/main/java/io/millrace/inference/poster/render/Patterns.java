package io.millrace.inference.poster.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.poster.colour.Contrast;
import io.millrace.inference.poster.scene.Rect;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.PaintContext;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.TexturePaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;

/** Fills with pictures, and of type {@code pattern}: one square tile in two colours, repeated from the corner of the element. */
final class Patterns {
    private static final double SIZE = 24;
    /** Pixels of a tile for each pixel of the poster, so that a turned or stretched pattern stays sharp. */
    private static final int FINE = 2;
    /** Longest side in pixels at which a picture is laid into a box; larger boxes get it stretched. */
    private static final double MOST = 4096;

    private Patterns() {}

    /**
     * What a fill paints with: {@code color} is the ground, clear when there is none; {@code pattern} has {@code type} dots | stripes | grid |
     * checks | zigzag, {@code color} of the marks, {@code size} of a tile in pixels, and {@code angle} in degrees clockwise.
     */
    static Paint of(JsonNode fill, Rect box) {
        JsonNode pattern = fill.path("pattern");
        Color ground = Paints.colour(fill.path("color").asText("")).orElse(new Color(0, 0, 0, 0));
        Color ink = Paints.colour(pattern.path("color").asText("")).orElse(ink(ground));
        double size = Scene.clamped(Scene.finite(pattern.path("size"), SIZE), 2, 1000);
        BufferedImage tile = tile(pattern.path("type").asText("dots"), (int) Math.ceil(size * FINE), ground, ink);
        TexturePaint texture = new TexturePaint(tile, new Rectangle2D.Double(box.x(), box.y(), size, size));
        double angle = Scene.finite(pattern.path("angle"), 0);
        return angle == 0 ? texture : new Turned(texture, Math.toRadians(angle), box);
    }

    /**
     * A picture over a box.
     *
     * @param fit {@code tile} in its own size from the corner, {@code contain} whole with clear sides, {@code fill} stretched, else cropped to
     *     cover the box
     */
    static Paint picture(BufferedImage picture, Rect box, String fit) {
        if (fit.equals("tile")) {
            return new TexturePaint(
                    picture, new Rectangle2D.Double(box.x(), box.y(), picture.getWidth(), picture.getHeight()));
        }
        double shown = Math.min(1, MOST / Math.max(box.w(), box.h()));
        int wide = (int) Math.max(1, Math.ceil(box.w() * shown));
        int high = (int) Math.max(1, Math.ceil(box.h() * shown));
        double across = wide / (double) picture.getWidth();
        double down = high / (double) picture.getHeight();
        double scale = fit.equals("contain") ? Math.min(across, down) : Math.max(across, down);
        int width = (int) Math.round(fit.equals("fill") ? wide : picture.getWidth() * scale);
        int height = (int) Math.round(fit.equals("fill") ? high : picture.getHeight() * scale);
        BufferedImage laid = new BufferedImage(wide, high, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = Stage.quality(laid);
        graphics.drawImage(picture, (wide - width) / 2, (high - height) / 2, width, height, null);
        graphics.dispose();
        return new TexturePaint(laid, new Rectangle2D.Double(box.x(), box.y(), wide / shown, high / shown));
    }

    /** Marks that nobody gave a colour are a shade of their ground. */
    private static Color ink(Color ground) {
        boolean dark = ground.getAlpha() > 127 && Contrast.luminance(ground.getRGB()) < 0.3;
        return dark ? new Color(255, 255, 255, 90) : new Color(0, 0, 0, 60);
    }

    private static BufferedImage tile(String type, int side, Color ground, Color ink) {
        BufferedImage tile = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = Stage.quality(tile);
        graphics.setColor(ground);
        graphics.fillRect(0, 0, side, side);
        graphics.setColor(ink);
        double s = side;
        switch (type) {
            case "stripes" -> graphics.fill(new Rectangle2D.Double(0, 0, s / 2, s));
            case "grid" -> {
                graphics.fill(new Rectangle2D.Double(0, 0, s / 8, s));
                graphics.fill(new Rectangle2D.Double(s / 8, 0, s, s / 8));
            }
            case "checks" -> {
                graphics.fill(new Rectangle2D.Double(0, 0, s / 2, s / 2));
                graphics.fill(new Rectangle2D.Double(s / 2, s / 2, s / 2, s / 2));
            }
            case "zigzag" -> {
                graphics.setStroke(new BasicStroke((float) (s / 6), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
                graphics.draw(zigzag(s));
            }
            default -> graphics.fill(new Ellipse2D.Double(s / 4, s / 4, s / 2, s / 2));
        }
        graphics.dispose();
        return tile;
    }

    /** Beyond both sides of the tile, so that its line goes on in the next. */
    private static Path2D zigzag(double s) {
        Path2D path = new Path2D.Double();
        path.moveTo(-s / 2, s / 4);
        path.lineTo(0, s * 3 / 4);
        path.lineTo(s / 2, s / 4);
        path.lineTo(s, s * 3 / 4);
        path.lineTo(s * 3 / 2, s / 4);
        return path;
    }

    /** A paint turned about the middle of a box. */
    private record Turned(TexturePaint texture, double angle, Rect box) implements Paint {
        @Override
        public PaintContext createContext(
                ColorModel model, Rectangle device, Rectangle2D user, AffineTransform place, RenderingHints hints) {
            AffineTransform turned = new AffineTransform(place);
            turned.rotate(angle, box.centerX(), box.centerY());
            return texture.createContext(model, device, user, turned, hints);
        }

        @Override
        public int getTransparency() {
            return texture.getTransparency();
        }
    }
}
