package io.millrace.inference.model.vision;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A picture as the square of numbers that a network takes. */
final class Squared {
    private Squared() {}

    /** Writes red, green and blue as planes of 0 to 1 from an offset on. */
    static void write(BufferedImage picture, int side, float[] into, int offset) {
        BufferedImage square = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = square.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, side, side);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(halved(picture, side), 0, 0, side, side, null);
        graphics.dispose();
        int[] pixels = square.getRGB(0, 0, side, side, null, 0, side);
        for (int i = 0; i < pixels.length; i++) {
            into[offset + i] = (pixels[i] >> 16 & 255) / 255f;
            into[offset + pixels.length + i] = (pixels[i] >> 8 & 255) / 255f;
            into[offset + 2 * pixels.length + i] = (pixels[i] & 255) / 255f;
        }
    }

    /** Halved as often as the square allows, so that no pixel is passed over. */
    private static BufferedImage halved(BufferedImage picture, int side) {
        BufferedImage from = picture;
        while (Math.min(from.getWidth(), from.getHeight()) >= 2 * side) {
            BufferedImage half =
                    new BufferedImage(from.getWidth() / 2, from.getHeight() / 2, BufferedImage.TYPE_INT_ARGB);
            Graphics2D graphics = half.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(from, 0, 0, half.getWidth(), half.getHeight(), null);
            graphics.dispose();
            from = half;
        }
        return from;
    }
}
