package io.millrace.inference.poster.text;

import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.Underlay;
import io.millrace.inference.poster.colour.Palette;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.IntentFunction;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.layout.Layout.Slot;
import io.millrace.inference.poster.scene.Painter;
import io.millrace.inference.poster.scene.Pictures;
import io.millrace.inference.poster.text.Lettering.Line;
import io.millrace.inference.poster.type.Typesetter;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Phase {@code text}: colours the texts, veils the pattern where contrast asks for it, and sets them onto the picture. A colour the user
 * gave is kept; the veil gives it contrast.
 */
public final class TextFunction implements PhaseFunction {
    private final Letters letters;

    public TextFunction(Typesetter typesetter) {
        letters = new Letters(typesetter);
    }

    @Override
    public String name() {
        return "text";
    }

    @Override
    public String version() {
        return "letters/1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Brief brief = Phases.brief(input);
        Layout layout = Phases.layout(input);
        Palette palette = Phases.background(input).palette();
        BufferedImage poster = Underlay.paint(input, context, List.of());
        Colouring colouring = new Colouring(
                brief, layout, palette, poster, Phases.adjustments(input).scrim());
        List<Line> lines = new ArrayList<>();
        for (Slot slot : layout.slots()) {
            lines.add(colouring.colour(slot));
        }
        context.checkWanted();
        try (Painter painter = new Painter(poster, Map.of())) {
            for (Line line : lines) {
                letters.draw(painter.graphics(), line);
            }
        }
        String artifact = Phases.store(context, Pictures.png(poster));
        Lettering lettering = new Lettering(artifact, lines, colouring.scrims());
        return new PhaseOutput(Json.write(lettering), facts(brief, layout, lettering));
    }

    private static Map<String, String> facts(Brief brief, Layout layout, Lettering lettering) {
        Map<String, String> facts = new LinkedHashMap<>();
        double worst =
                lettering.texts().stream().mapToDouble(Line::contrast).min().orElse(21);
        facts.put("texts", Integer.toString(lettering.texts().size()));
        facts.put("scrims", Integer.toString(lettering.scrims().size()));
        facts.put("least_contrast", String.format(Locale.ROOT, "%.2f", worst));
        double scale = Math.min(brief.canvas().width(), brief.canvas().height()) / IntentFunction.PREVIEW;
        facts.put(
                "font_sizes",
                String.format(Locale.ROOT, "fontSize counts pixels of a 375 px preview: times %.2f", scale));
        long shrunk = layout.slots().stream().filter(Slot::shrunk).count();
        facts.put("shrunk", Long.toString(shrunk));
        facts.put("artifact", lettering.artifact());
        return facts;
    }
}
