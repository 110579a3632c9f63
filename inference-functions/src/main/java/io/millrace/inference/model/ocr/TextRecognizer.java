package io.millrace.inference.model.ocr;

import ai.djl.translate.TranslateException;
import io.millrace.inference.model.Deep;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;

/** What a line says: PP-OCRv4 recognition, decoded greedily by CTC (Graves et al. 2006): repeats merge, blanks vanish. */
final class TextRecognizer {
    private static final int HEIGHT = 48;
    private static final int MAX_WIDTH = 3200;
    private static final float[] HALF = {.5f, .5f, .5f};

    private final Deep network;
    private final List<String> characters;

    /** @param characters by class of the network; class 0 is the blank */
    TextRecognizer(Deep network, List<String> characters) {
        this.network = network;
        this.characters = List.copyOf(characters);
    }

    @SuppressWarnings("ArrayRecordComponent") // carries megabytes, is never compared
    private record Scores(float[] values, int steps, int classes) {}

    ReadLine read(BufferedImage picture, Rectangle box) throws TranslateException {
        BufferedImage line = picture.getSubimage(box.x, box.y, box.width, box.height);
        int width = Math.min(MAX_WIDTH, Math.max(16, (int) Math.ceil(HEIGHT * (double) box.width / box.height)));
        float[] input = Pixels.planes(Pixels.scale(line, width, HEIGHT), HALF, HALF);
        Scores scores = network.run(
                out -> new Scores(out.toFloatArray(), (int) out.getShape().get(1), (int)
                        out.getShape().get(2)),
                new Deep.Tensor(input, 1, 3, HEIGHT, width));
        StringBuilder text = new StringBuilder();
        double sum = 0;
        int count = 0;
        int last = 0;
        for (int step = 0; step < scores.steps(); step++) {
            int best = best(scores, step);
            if (best != 0 && best != last) {
                text.append(characters.get(best));
                sum += scores.values()[step * scores.classes() + best];
                count++;
            }
            last = best;
        }
        return new ReadLine(box.x, box.y, box.width, box.height, text.toString(), count == 0 ? 0 : sum / count);
    }

    private static int best(Scores scores, int step) {
        int offset = step * scores.classes();
        int best = 0;
        for (int i = 1; i < scores.classes(); i++) {
            if (scores.values()[offset + i] > scores.values()[offset + best]) {
                best = i;
            }
        }
        return best;
    }
}
