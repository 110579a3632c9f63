package io.millrace.inference.poster.elements;

import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.pattern.PatternKind;
import io.millrace.inference.picture.Bounds;
import io.millrace.inference.picture.Uploaded;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.colour.Contrast;
import io.millrace.inference.poster.colour.Palette;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.scene.Painter;
import io.millrace.inference.poster.scene.Pictures;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Phase {@code elements}: vector forms as data, and as a picture on transparent ground. */
public final class ElementsFunction implements PhaseFunction {
    private static final String LOGO = "logo";
    /** Of all pictures that a poster's shapes show, together: poster tasks of this process share a small heap. */
    private static final int HELD_PIXELS = 4 * Uploaded.KEPT_PIXELS;

    private final Motifs motifs;
    private final Icons icons;

    public ElementsFunction() throws IOException {
        motifs = new Motifs();
        icons = new Icons();
    }

    @Override
    public String name() {
        return "elements";
    }

    @Override
    public String version() {
        return "vector/3";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Brief brief = Phases.brief(input);
        Layout layout = Phases.layout(input);
        Palette palette = Phases.background(input).palette();
        BufferedImage background =
                Phases.picture(context, Phases.background(input).artifact());
        Panels drawn = new Panels(brief, layout, palette, icons);
        List<Shape> panels = drawn.draw();
        boolean busy = Phases.background(input).look().equals(PatternKind.GEOMETRIC.label());
        Ornaments maker = new Ornaments(brief, layout, palette, motifs, icons, busy, box -> lightness(background, box));
        List<Shape> ornaments = drawn.behind();
        ornaments.addAll(maker.draw(Phases.adjustments(input).ornaments()));
        panels.addAll(maker.onCard());
        String logo = input.params().path(LOGO).asText("");
        Map<String, BufferedImage> placed = new HashMap<>();
        if (logo.startsWith("sha256:")) {
            BufferedImage mark = Uploaded.read(context, LOGO, logo);
            placed.put(logo, mark);
            panels = Logo.placed(panels, mark, logo, layout, brief.canvas().unit());
        }
        context.checkWanted();
        BufferedImage picture =
                new BufferedImage(brief.canvas().width(), brief.canvas().height(), BufferedImage.TYPE_INT_ARGB);
        read(placed, ornaments, panels, context);
        try (Painter painter = new Painter(picture, placed)) {
            ornaments.forEach(painter::paint);
            panels.forEach(painter::paint);
        }
        String artifact = Phases.store(context, Pictures.png(picture));
        Map<String, String> facts = Map.of(
                "panels", Integer.toString(panels.size()),
                "ornaments", Integer.toString(ornaments.size()),
                "artifact", artifact);
        return new PhaseOutput(Json.write(new Elements(panels, ornaments, artifact)), facts);
    }

    /** Mean luminance of a part of the picture. */
    private static double lightness(BufferedImage picture, Rect box) {
        double sum = 0;
        int count = 0;
        int step = (int) Math.max(1, box.w() / 40);
        for (int y = (int) Math.max(0, box.y()); y < Math.min(picture.getHeight(), box.bottom()); y += step) {
            for (int x = (int) Math.max(0, box.x()); x < Math.min(picture.getWidth(), box.right()); x += step) {
                sum += Contrast.luminance(picture.getRGB(x, y));
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** Callers' pictures that shapes refer to, by reference; the more there are, the smaller each is read. */
    public static Map<String, BufferedImage> pictures(List<Shape> ornaments, List<Shape> panels, PhaseContext context)
            throws PhaseFailure {
        Map<String, BufferedImage> pictures = new HashMap<>();
        read(pictures, ornaments, panels, context);
        return pictures;
    }

    private static void read(
            Map<String, BufferedImage> known, List<Shape> ornaments, List<Shape> panels, PhaseContext context)
            throws PhaseFailure {
        Map<String, String> fields = new LinkedHashMap<>();
        Stream.concat(ornaments.stream(), panels.stream())
                .filter(shape -> shape.type() == Shape.Type.IMAGE)
                .forEach(shape -> fields.putIfAbsent(
                        shape.path(), shape.id().equals(LOGO) ? LOGO : "content of an image in elements"));
        int share = HELD_PIXELS / Math.max(1, fields.size());
        Bounds bounds = new Bounds(Uploaded.MIN_SIDE, Math.min(Uploaded.KEPT_PIXELS, share));
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (!known.containsKey(field.getKey())) {
                known.put(field.getKey(), Uploaded.read(context, field.getValue(), field.getKey(), bounds));
            }
        }
    }
}
