package io.millrace.inference.poster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.poster.colour.Contrast;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.scene.Painter;
import io.millrace.inference.poster.scene.Pictures;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.scene.Shape.Look;
import io.millrace.inference.poster.text.Lettering;
import io.millrace.inference.poster.text.Lettering.Line;
import io.millrace.inference.poster.text.Letters;
import io.millrace.inference.poster.type.SharedTypesetter;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Gives a finished poster one fault, in the result of the phase that a bad design would have it from. */
final class Spoiler {
    private final PosterLine line;
    private final double width;
    private final double height;
    private final SplittableRandom random;

    /** @param line has run up to its texts */
    Spoiler(PosterLine line, long seed) {
        this.line = line;
        JsonNode canvas = line.result(Phases.INTENT).path("canvas");
        width = canvas.path("width").asDouble();
        height = canvas.path("height").asDouble();
        random = new SplittableRandom(seed);
    }

    void spoil(String fault) throws Exception {
        switch (fault) {
            case "contrast" -> pale();
            case "clipping" -> clip();
            case "overlap" -> overlap();
            case "tiny" -> shrink();
            case "clutter" -> clutter();
            default -> throw new IllegalArgumentException(fault);
        }
    }

    /** Every text, or all but the largest, in a tone of a contrast of 1.2 to 2.2 to its ground, without a veil. */
    private void pale() throws Exception {
        Lettering lettering = Json.read(line.result(Phases.TEXT), Lettering.class, "text");
        PhaseInput input = new PhaseInput(line.params, line.results, 0);
        BufferedImage poster = Underlay.paint(input, line.context(), List.of());
        boolean spare = random.nextBoolean() && lettering.texts().size() > 1;
        double largest = lettering.texts().stream()
                .mapToDouble(text -> text.setting().size())
                .max()
                .orElseThrow();
        double most = 1.2 + random.nextDouble();
        List<Line> texts = new ArrayList<>();
        for (Line text : lettering.texts()) {
            Rgb ink = spare && text.setting().size() == largest ? text.color() : tone(poster, text.box(), most);
            texts.add(new Line(text.id(), text.role(), text.box(), text.setting(), text.lines(), ink, text.contrast()));
        }
        try (Painter painter = new Painter(poster, Map.of())) {
            Letters letters = new Letters(SharedTypesetter.get());
            texts.forEach(text -> letters.draw(painter.graphics(), text));
        }
        String artifact = line.artifacts.put(Pictures.png(poster)).toString();
        line.results.put(Phases.TEXT, Json.write(new Lettering(artifact, texts, List.of())));
    }

    /** The colour in the middle of a box, lighter or darker. */
    private static Rgb tone(BufferedImage picture, Rect box, double contrast) {
        int ground = picture.getRGB((int) box.centerX(), (int) box.centerY());
        int end = Contrast.luminance(ground) > 0.3 ? 0 : 255;
        for (int share = 0; share <= 100; share++) {
            int value = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                int channel = ground >> shift & 255;
                value |= (channel + (end - channel) * share / 100) << shift;
            }
            if (Contrast.ratio(Contrast.luminance(ground), Contrast.luminance(value)) >= contrast) {
                return new Rgb(value);
            }
        }
        return new Rgb(end * 0x10101);
    }

    /** A sixth to half of one text lies beyond an edge. */
    private void clip() throws Exception {
        ArrayNode slots = slots();
        ObjectNode slot = (ObjectNode) slots.get(random.nextInt(slots.size()));
        ObjectNode box = (ObjectNode) slot.path("box");
        double w = box.path("w").asDouble();
        double h = box.path("h").asDouble();
        double share = 0.17 + 0.33 * random.nextDouble();
        switch (random.nextInt(3)) {
            case 0 -> box.put("x", -w * share);
            case 1 -> box.put("x", width - w * (1 - share));
            default -> box.put("y", height - h * (1 - share));
        }
        line.run(Phases.TEXT, "text");
    }

    /** One text is set over the lower half of the one before it, from the same left edge. */
    private void overlap() throws Exception {
        ArrayNode slots = slots();
        int first = random.nextInt(slots.size() - 1);
        JsonNode under = slots.get(first).path("box");
        ObjectNode over = (ObjectNode) slots.get(first + 1).path("box");
        over.put("x", under.path("x").asDouble());
        over.put(
                "y",
                under.path("y").asDouble()
                        + (0.4 + 0.3 * random.nextDouble()) * under.path("h").asDouble());
        line.run(Phases.TEXT, "text");
    }

    /** All texts, or all but the largest, at two fifths to two thirds of the least legible size. */
    private void shrink() throws Exception {
        double size = Math.min(width, height) / 100 * 2.15 * (0.4 + 0.27 * random.nextDouble());
        double largest = 0;
        for (JsonNode slot : slots()) {
            largest = Math.max(largest, slot.path("setting").path("size").asDouble());
        }
        boolean spare = random.nextBoolean() && slots().size() > 1;
        for (JsonNode slot : slots()) {
            ObjectNode setting = (ObjectNode) slot.path("setting");
            double before = setting.path("size").asDouble();
            if (spare && before == largest) {
                continue;
            }
            ObjectNode box = (ObjectNode) slot.path("box");
            setting.put("size", size);
            box.put("w", box.path("w").asDouble() * size / before);
            box.put("h", box.path("h").asDouble() * size / before);
        }
        line.run(Phases.TEXT, "text");
    }

    /** Dozens of discs, bars and rings all over, in the loud half of the colours. */
    private void clutter() throws Exception {
        ArrayNode ornaments = (ArrayNode) line.result(Phases.ELEMENTS).path("ornaments");
        double unit = Math.min(width, height) / 100;
        int count = 40 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            Rgb colour =
                    new Rgb(Color.HSBtoRGB((float) random.nextDouble(), 0.9f, 0.5f + 0.5f * (float) random.nextDouble())
                            & 0xffffff);
            Rect box = new Rect(
                    random.nextDouble() * width,
                    random.nextDouble() * height,
                    (4 + 14 * random.nextDouble()) * unit,
                    (4 + 14 * random.nextDouble()) * unit);
            Shape.Type type = random.nextBoolean() ? Shape.Type.ELLIPSE : Shape.Type.RECT;
            Look look = random.nextInt(3) == 0 ? Look.outlined(colour, unit, 0.9) : Look.filled(colour, 0.8);
            ornaments.add(Json.write(new Shape("clutter_" + i, "clutter", type, box, "", look)));
        }
        line.run(Phases.TEXT, "text");
    }

    private ArrayNode slots() {
        return (ArrayNode) line.result(Phases.LAYOUT).path("slots");
    }
}
