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
        double margins = share(text -> layout.safe().grown(1).holds(text.box()));
        double clear = share(this::untouched);
        double overall =
                0.3 * reading.recall() + 0.25 * contrast + 0.1 * size + 0.15 * calm + 0.1 * margins + 0.1 * clear;
        return new Quality(
                round(reading.recall()),
                round(contrast),
                round(size),
                round(calm),
                round(margins),
                round(clear),
                round(overall),
                List.copyOf(blamed));
    }

    private double needed(Line text) {
        double units = text.setting().size() / brief.canvas().unit();
        boolean large = units >= LARGE || (text.setting().weight() == Weight.BLACK && units >= LARGE_BOLD);
        return large ? Contrast.LARGE : Contrast.TEXT;
    }

    private boolean untouched(Line text) {
        for (Shape ornament : ornaments) {
            boolean ground = ornament.name().equals("plane") || ornament.name().equals("band");
            if (!ground && ornament.box().overlaps(text.box())) {
                return false;
            }
        }
        for (Line other : lettering.texts()) {
            if (!other.id().equals(text.id()) && other.box().overlaps(text.box())) {
                return false;
            }
        }
        Rect canvas = new Rect(0, 0, brief.canvas().width(), brief.canvas().height());
        return canvas.holds(text.box());
    }

    private double share(java.util.function.Predicate<Line> good) {
        int count = 0;
        for (Line text : lettering.texts()) {
            if (good.test(text)) {
                count++;
            } else {
                blamed.add(text.id());
            }
        }
        return lettering.texts().isEmpty()
                ? 1
                : count / (double) lettering.texts().size();
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
