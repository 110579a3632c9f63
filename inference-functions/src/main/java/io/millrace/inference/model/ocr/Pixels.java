package io.millrace.inference.model.ocr;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Pictures as the planes of floats that the networks take. */
final class Pixels {
    private Pixels() {}

    static BufferedImage scale(BufferedImage picture, int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }

    static float[] planes(BufferedImage picture, float[] mean, float[] spread) {
        int size = picture.getWidth() * picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        float[] planes = new float[3 * size];
        for (int i = 0; i < size; i++) {
            for (int plane = 0; plane < 3; plane++) {
                float value = (pixels[i] >> (16 - 8 * plane) & 255) / 255f;
                planes[plane * size + i] = (value - mean[plane]) / spread[plane];
            }
        }
        return planes;
    }
}
