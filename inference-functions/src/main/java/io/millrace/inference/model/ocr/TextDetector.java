package io.millrace.inference.model.ocr;

import ai.djl.ndarray.NDArray;
import ai.djl.translate.TranslateException;
import io.millrace.inference.model.Deep;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where lines of text are: PP-OCRv4 detection, a map of text probability (Liao et al. 2020, "DB") cut into boxes. */
final class TextDetector {
    private static final float[] MEAN = {.485f, .456f, .406f};
    private static final float[] SPREAD = {.229f, .224f, .225f};
    private static final float TEXT = 0.3f;
    private static final double SURE = 0.5;
    /** The network sees text shrunk; boxes grow back by area / perimeter times this. */
    private static final double UNCLIP = 1.6;

    private final Deep network;

    TextDetector(Deep network) {
        this.network = network;
    }

    /**
     * @param limit longest side in pixels the network works at; larger pictures are shrunk to it
     */
    List<Rectangle> detect(BufferedImage picture, int limit) throws TranslateException {
        double ratio = Math.min(1.0, limit / (double) Math.max(picture.getWidth(), picture.getHeight()));
        int width = Math.max(32, (int) Math.round(picture.getWidth() * ratio / 32) * 32);
        int height = Math.max(32, (int) Math.round(picture.getHeight() * ratio / 32) * 32);
        float[] input = Pixels.planes(Pixels.scale(picture, width, height), MEAN, SPREAD);
        float[] chance = network.run(NDArray::toFloatArray, new Deep.Tensor(input, 1, 3, height, width));
        List<Rectangle> boxes = new ArrayList<>();
        boolean[] seen = new boolean[width * height];
        int[] stack = new int[width * height];
        for (int start = 0; start < seen.length; start++) {
            if (!seen[start] && chance[start] >= TEXT) {
                Rectangle blob = blob(chance, seen, stack, start, width, height);
                if (blob != null) {
                    boxes.add(grow(blob, picture, width, height));
                }
            }
        }
        boxes.sort(Comparator.<Rectangle>comparingInt(box -> box.y).thenComparingInt(box -> box.x));
        return boxes;
    }

    private static @Nullable Rectangle blob(
            float[] chance, boolean[] seen, int[] stack, int start, int width, int height) {
        int top = 0;
        stack[top++] = start;
        seen[start] = true;
        Rectangle box = new Rectangle(start % width, start / width, 1, 1);
        int count = 0;
        double sum = 0;
        while (top > 0) {
            int at = stack[--top];
            int x = at % width;
            int y = at / width;
            box.add(new Rectangle(x, y, 1, 1));
            count++;
            sum += chance[at];
            for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
                for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
                    int next = ny * width + nx;
                    if (!seen[next] && chance[next] >= TEXT) {
                        seen[next] = true;
                        stack[top++] = next;
                    }
                }
            }
        }
        return Math.min(box.width, box.height) < 3 || sum / count < SURE ? null : box;
    }

    private static Rectangle grow(Rectangle box, BufferedImage picture, int width, int height) {
        double by = box.width * (double) box.height * UNCLIP / (2.0 * (box.width + box.height));
        double scaleX = picture.getWidth() / (double) width;
        double scaleY = picture.getHeight() / (double) height;
        int left = (int) Math.max(0, (box.x - by) * scaleX);
        int upper = (int) Math.max(0, (box.y - by) * scaleY);
        int right = (int) Math.min(picture.getWidth(), (box.getMaxX() + by) * scaleX);
        int lower = (int) Math.min(picture.getHeight(), (box.getMaxY() + by) * scaleY);
        return new Rectangle(left, upper, Math.max(1, right - left), Math.max(1, lower - upper));
    }
}
