package io.millrace.inference.poster.export;

import io.millrace.inference.poster.elements.Elements;
import io.millrace.inference.poster.export.SvgWriter.Part;
import io.millrace.inference.poster.scene.Painter;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.text.Lettering;
import io.millrace.inference.poster.text.Lettering.Line;
import io.millrace.inference.poster.text.Letters;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The same layers for both formats: background, decoration, panels, scrims, and each text by itself. */
public final class LayeredPictures {
    private final Elements elements;
    private final Lettering lettering;
    private final Letters letters;

    public LayeredPictures(Elements elements, Lettering lettering, Letters letters) {
        this.elements = elements;
        this.lettering = lettering;
        this.letters = letters;
    }

    /**
     * The poster as SVG.
     *
     * @param background JPEG of the whole canvas
     * @param pictures bytes of placed pictures by reference
     */
    public String svg(BufferedImage flat, String title, byte[] background, Map<String, byte[]> pictures) {
        List<SvgWriter.Layer> layers = new ArrayList<>();
        forms(layers, "decoration", elements.ornaments());
        forms(layers, "panels", elements.panels());
        forms(layers, "scrims", lettering.scrims());
        List<Part> texts = new ArrayList<>();
        lettering.texts().forEach(line -> texts.add(new Part.Text(line, letters.baseline(line))));
        layers.add(new SvgWriter.Layer("text", texts));
        return SvgWriter.write(flat.getWidth(), flat.getHeight(), title, background, layers, pictures);
    }

    private static void forms(List<SvgWriter.Layer> layers, String name, List<Shape> shapes) {
        if (!shapes.isEmpty()) {
            layers.add(new SvgWriter.Layer(
                    name,
                    shapes.stream().map(shape -> (Part) new Part.Form(shape)).toList()));
        }
    }

    /**
     * The poster as a Photoshop document.
     *
     * @param flat the finished poster
     * @param placed pictures by reference
     */
    public byte[] psd(BufferedImage flat, BufferedImage background, Map<String, BufferedImage> placed) {
        List<PsdWriter.Layer> layers = new ArrayList<>();
        layers.add(new PsdWriter.Layer("background", background, 0, 0, 1));
        painted(layers, "decoration", elements.ornaments(), flat, placed);
        painted(layers, "panels", elements.panels(), flat, placed);
        painted(layers, "scrims", lettering.scrims(), flat, placed);
        for (Line line : lettering.texts()) {
            layers.add(text(line, flat));
        }
        return PsdWriter.write(flat, layers);
    }

    private static void painted(
            List<PsdWriter.Layer> layers,
            String name,
            List<Shape> shapes,
            BufferedImage flat,
            Map<String, BufferedImage> placed) {
        if (shapes.isEmpty()) {
            return;
        }
        BufferedImage picture = new BufferedImage(flat.getWidth(), flat.getHeight(), BufferedImage.TYPE_INT_ARGB);
        try (Painter painter = new Painter(picture, placed)) {
            shapes.forEach(painter::paint);
        }
        layers.add(new PsdWriter.Layer(name, picture, 0, 0, 1));
    }

    /** Only as large as the words, with a margin for what reaches over the em-box. */
    private PsdWriter.Layer text(Line line, BufferedImage flat) {
        Rect canvas = new Rect(0, 0, flat.getWidth(), flat.getHeight());
        Rect part = line.box().grown(line.setting().size() * 0.3).intersection(canvas);
        int x = (int) part.x();
        int y = (int) part.y();
        BufferedImage picture = new BufferedImage(
                (int) Math.max(1, Math.ceil(part.w())),
                (int) Math.max(1, Math.ceil(part.h())),
                BufferedImage.TYPE_INT_ARGB);
        try (Painter painter = new Painter(picture, Map.of())) {
            painter.graphics().translate(-x, -y);
            letters.draw(painter.graphics(), line);
        }
        return new PsdWriter.Layer(String.join(" ", line.lines()), picture, x, y, 1);
    }
}
