package io.millrace.inference.model.ocr;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import io.millrace.inference.model.Deep;
import io.millrace.inference.model.ModelFolder;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** PP-OCRv4 for Chinese and English: finds lines, then reads each. */
public final class TextReader implements AutoCloseable {
    private final Deep detection;
    private final Deep recognition;
    private final TextDetector detector;
    private final TextRecognizer recognizer;

    private TextReader(Deep detection, Deep recognition, List<String> characters) {
        this.detection = detection;
        this.recognition = recognition;
        detector = new TextDetector(detection);
        recognizer = new TextRecognizer(recognition, characters);
    }

    public static TextReader load(ModelFolder folder) throws IOException, ModelException {
        List<String> characters = new ArrayList<>();
        characters.add("");
        characters.addAll(Files.readAllLines(folder.unpack("models/ppocr_keys_v1.txt")));
        characters.add(" ");
        Deep detection = Deep.load("OnnxRuntime", folder.unpack("models/ch_PP-OCRv4_det_infer.onnx"));
        try {
            Deep recognition = Deep.load("OnnxRuntime", folder.unpack("models/ch_PP-OCRv4_rec_infer.onnx"));
            return new TextReader(detection, recognition, characters);
        } catch (IOException | ModelException e) {
            detection.close();
            throw e;
        }
    }

    /**
     * Lines from top to bottom.
     *
     * @param limit longest side in pixels at which lines are looked for; 960 finds text of 20 px on a page of 1920
     */
    public List<ReadLine> read(BufferedImage picture, int limit) throws TranslateException {
        List<ReadLine> lines = new ArrayList<>();
        for (Rectangle box : detector.detect(picture, limit)) {
            lines.add(recognizer.read(picture, box));
        }
        return lines;
    }

    /** What stands in one box, taken as one line. */
    public ReadLine readBox(BufferedImage picture, Rectangle box) throws TranslateException {
        return recognizer.read(picture, box.intersection(new Rectangle(0, 0, picture.getWidth(), picture.getHeight())));
    }

    @Override
    public void close() {
        detection.close();
        recognition.close();
    }
}
