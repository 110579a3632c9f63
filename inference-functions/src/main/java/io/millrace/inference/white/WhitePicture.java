package io.millrace.inference.white;

import io.millrace.inference.picture.Plane;
import io.millrace.inference.poster.scene.Pictures;
import io.millrace.inference.white.WhiteParams.ShadowKind;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** The cut-out on white: scaled to the room there is, centred, with its shadow. */
final class WhitePicture {
    private static final double SOFT_DARKNESS = 0.42;
    private static final double DROP_DARKNESS = 0.26;

    private final WhiteParams params;
    private final BufferedImage subject;
    private final Rectangle place;

    WhitePicture(BufferedImage cutout, WhiteParams params) {
        this.params = params;
        double margin = params.margin() * Math.min(params.width(), params.height());
        double scale = Math.min(
                (params.width() - 2 * margin) / cutout.getWidth(), (params.height() - 2 * margin) / cutout.getHeight());
        int width = (int) Math.max(1, Math.round(cutout.getWidth() * scale));
        int height = (int) Math.max(1, Math.round(cutout.getHeight() * scale));
        this.subject = softened(scaled(cutout, width, height), params.softness());
        this.place = new Rectangle((params.width() - width) / 2, (params.height() - height) / 2, width, height);
    }

    /** Where the subject stands in the result. */
    Rectangle place() {
        return place;
    }

    BufferedImage painted() {
        BufferedImage picture = new BufferedImage(params.width(), params.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, params.width(), params.height());
        if (params.shadow() != ShadowKind.NONE) {
            graphics.drawImage(shadow(), 0, 0, null);
        }
        graphics.drawImage(subject, place.x, place.y, null);
        graphics.dispose();
        return picture;
    }

    /** Of premultiplied colours, in halves, so that nothing of what lies under a transparent pixel comes back. */
    private static BufferedImage scaled(BufferedImage cutout, int width, int height) {
        BufferedImage from = draw(cutout, cutout.getWidth(), cutout.getHeight());
        while (from.getWidth() / 2 >= width && from.getHeight() / 2 >= height) {
            from = draw(from, from.getWidth() / 2, from.getHeight() / 2);
        }
        return draw(from, width, height);
    }

    private static BufferedImage draw(BufferedImage from, int width, int height) {
        BufferedImage to = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
        Graphics2D graphics = to.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(from, 0, 0, width, height, null);
        graphics.dispose();
        return to;
    }

    /** Thins the alpha near the edge by its own blur; colours stay. */
    private static BufferedImage softened(BufferedImage premultiplied, int softness) {
        BufferedImage picture =
                new BufferedImage(premultiplied.getWidth(), premultiplied.getHeight(), BufferedImage.TYPE_INT_ARGB);
        picture.createGraphics().drawImage(premultiplied, 0, 0, null);
        if (softness == 0) {
            return picture;
        }
        Plane soft = alpha(picture).blurred(softness);
        int width = picture.getWidth();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                int argb = picture.getRGB(x, y);
                double kept = (argb >>> 24) / 255.0;
                double inner = Math.max(0, Math.min(1, 2 * soft.at(x, y) - 0.5));
                picture.setRGB(x, y, (int) Math.round(255 * Math.min(kept, inner)) << 24 | (argb & 0xFFFFFF));
            }
        }
        return picture;
    }

    private static Plane alpha(BufferedImage picture) {
        Plane alpha = new Plane(picture.getWidth(), picture.getHeight());
        for (int i = 0; i < alpha.values().length; i++) {
            alpha.values()[i] = (picture.getRGB(i % alpha.width(), i / alpha.width()) >>> 24) / 255f;
        }
        return alpha;
    }

    /** Soft: what the subject would cast on a table it stands on, dark at its foot. Drop: its outline, moved and blurred. */
    private BufferedImage shadow() {
        Plane cast = new Plane(params.width(), params.height());
        Plane outline = alpha(subject);
        boolean soft = params.shadow() == ShadowKind.SOFT;
        int unit = Math.max(2, Math.min(place.width, place.height) / 40);
        for (int y = 0; y < outline.height(); y++) {
            for (int x = 0; x < outline.width(); x++) {
                if (outline.at(x, y) > 0.5f) {
                    mark(cast, x, y, soft, unit);
                }
            }
        }
        Plane blurred = soft ? contact(cast, unit) : cast.softened(2 * unit);
        double darkness = soft ? SOFT_DARKNESS : DROP_DARKNESS;
        BufferedImage picture = new BufferedImage(params.width(), params.height(), BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < blurred.values().length; i++) {
            int dark = (int) Math.round(255 * darkness * Math.min(1, blurred.values()[i]));
            picture.setRGB(i % params.width(), i / params.width(), dark << 24 | 0x20242C);
        }
        return picture;
    }

    private static Plane contact(Plane cast, int unit) {
        Plane near = cast.softened(unit);
        Plane far = cast.softened(4 * unit);
        for (int i = 0; i < near.values().length; i++) {
            near.values()[i] = Math.min(1, 0.75f * near.values()[i] + 0.55f * far.values()[i]);
        }
        return near;
    }

    private void mark(Plane cast, int x, int y, boolean soft, int unit) {
        int foot = place.y + place.height;
        int atX = place.x + x;
        int atY = place.y + y + unit;
        if (soft) {
            // The lowest eighth lies down in front of and under the subject.
            double above = foot - (place.y + y);
            if (above > place.height / 8.0) {
                return;
            }
            atY = (int) Math.round(foot - above * 0.35);
        } else {
            atX += unit;
            atY += unit;
        }
        if (atX >= 0 && atX < cast.width() && atY >= 0 && atY < cast.height()) {
            cast.values()[atY * cast.width() + atX] = 1;
        }
    }

    /** A small copy of a painted picture. */
    static BufferedImage thumbnail(BufferedImage picture, int side) {
        double scale = Math.min(1, side / (double) Math.max(picture.getWidth(), picture.getHeight()));
        return Pictures.scaled(
                picture, (int) Math.max(1, picture.getWidth() * scale), (int) Math.max(1, picture.getHeight() * scale));
    }
}
