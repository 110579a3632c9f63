package io.millrace.inference.poster.quality;

import io.millrace.inference.model.font.Typefaces.Weight;
import io.millrace.inference.poster.colour.Contrast;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.ocr.Reading;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.text.Ground;
import io.millrace.inference.poster.text.Lettering;
import io.millrace.inference.poster.text.Lettering.Line;
import java.awt.image.BufferedImage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Takes the scores from the pixels behind the texts and from the places of things. */
final class Measure {
    /** Least size of text in hundredths of the shorter side: 23 px on a canvas 1080 wide. */
    private static final double SMALLEST = 2.15;
    /** WCAG's large text: 24 CSS px, or 18.66 bold, on a preview 375 wide. */
    private static final double LARGE = 6.4;

    private static final double LARGE_BOLD = 5;
    private static final double STILL = 0.1;
    private static final double RESTLESS = 0.45;

    private final Brief brief;
    private final Layout layout;
    private final Lettering lettering;
    private final List<Shape> ornaments;
    private final BufferedImage under;
    private final Set<String> blamed = new LinkedHashSet<>();

    /** @param under the poster without text, scrims painted */
    Measure(Brief brief, Layout layout, Lettering lettering, List<Shape> ornaments, BufferedImage under) {
        this.brief = brief;
        this.layout = layout;
        this.lettering = lettering;
        this.ornaments = ornaments;
        this.under = under;
    }

    Quality of(Reading reading) {
        reading.checks().stream().filter(check -> !check.found()).forEach(check -> blamed.add(check.id()));
        double contrast = 1;
        double size = 1;
        double calm = 1;
        for (Line text : lettering.texts()) {
            Ground ground = Ground.behind(under, text.box());
            double reached = Math.min(1, ground.contrast(text.color()) / needed(text));
            double smallest = SMALLEST * brief.canvas().unit();
            double large = Math.min(1, text.setting().size() / smallest);
            double still = 1 - Math.min(1, Math.max(0, (ground.busyness() - STILL) / RESTLESS));
            if (Math.min(reached, Math.min(large, still)) < Quality.LEAST) {
                blamed.add(text.id());
            }
            contrast = Math.min(contrast, reached);
            size = Math.min(size, large);
            calm = Math.min(calm, still);
        }
        double margins = worst(this::placed);
        double clear = worst(this::uncovered);
        return Quality.of(reading.recall(), contrast, size, calm, margins, clear, List.copyOf(blamed));
    }

    private double needed(Line text) {
        double units = text.setting().size() / brief.canvas().unit();
        boolean large = units >= LARGE || (text.setting().weight() == Weight.BLACK && units >= LARGE_BOLD);
        return large ? Contrast.LARGE : Contrast.TEXT;
    }

    /** The part of a text that is inside the margins, or apart from the text that covers most of it, whichever is less. */
    private double placed(Line text) {
        double apart = 1;
        for (Line other : lettering.texts()) {
            if (!other.id().equals(text.id())) {
                apart = Math.min(apart, 1 - inside(text.box(), other.box()));
            }
        }
        return Math.min(apart, inside(text.box(), layout.safe().grown(1)));
    }

    /** The part of a text that no ornament covers; where two lie on each other counts twice. */
    private double uncovered(Line text) {
        double covered = 0;
        for (Shape ornament : ornaments) {
            boolean ground = ornament.name().equals("plane") || ornament.name().equals("band");
            covered += ground ? 0 : inside(text.box(), ornament.box());
        }
        return Math.max(0, 1 - covered);
    }

    /** Share of a box that lies in another, to four digits. */
    private static double inside(Rect box, Rect other) {
        return Math.round(box.intersection(other).area() / Math.max(1e-6, box.area()) * 1e4) / 1e4;
    }

    private double worst(ToDoubleFunction<Line> score) {
        double worst = 1;
        for (Line text : lettering.texts()) {
            double reached = score.applyAsDouble(text);
            if (reached < 1) {
                blamed.add(text.id());
            }
            worst = Math.min(worst, reached);
        }
        return worst;
    }
}
