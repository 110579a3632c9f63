package io.millrace.inference.model.ocr;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import io.millrace.inference.model.Deep;
import io.millrace.inference.registry.Model;
import io.millrace.inference.registry.ModelFault;
import io.millrace.inference.registry.ModelFiles;
import io.millrace.inference.registry.Models;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** PP-OCRv4 for Chinese and English: finds lines, then reads each. */
public final class TextReader implements Model {
    private static final int WARM = 64;

    private final String version;
    private final Deep detection;
    private final Deep recognition;
    private final TextDetector detector;
    private final TextRecognizer recognizer;

    private TextReader(String version, Deep detection, Deep recognition, List<String> characters) {
        this.version = version;
        this.detection = detection;
        this.recognition = recognition;
        detector = new TextDetector(detection);
        recognizer = new TextRecognizer(recognition, characters);
    }

    /** The one of this process. */
    public static TextReader of(Models models) throws ModelFault {
        return models.get("ppocr", TextReader.class, TextReader::load);
    }

    private static TextReader load(ModelFiles files) throws IOException, ModelException, ModelFault {
        List<String> characters = new ArrayList<>();
        characters.add("");
        characters.addAll(Files.readAllLines(files.file("characters")));
        characters.add(" ");
        Deep detection = Deep.load("OnnxRuntime", files.file("detection"), files.device());
        try {
            Deep recognition = Deep.load("OnnxRuntime", files.file("recognition"), files.device());
            return new TextReader(files.version(), detection, recognition, characters);
        } catch (IOException | ModelException | ModelFault e) {
            detection.close();
            throw e;
        }
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public void warmUp() throws TranslateException {
        BufferedImage blank = new BufferedImage(WARM, WARM, BufferedImage.TYPE_INT_RGB);
        read(blank, WARM);
        readBox(blank, new Rectangle(WARM, WARM));
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
