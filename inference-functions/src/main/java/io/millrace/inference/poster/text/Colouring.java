package io.millrace.inference.poster.text;

import io.millrace.inference.poster.colour.Contrast;
import io.millrace.inference.poster.colour.Palette;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.TextItem;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.layout.Layout.Slot;
import io.millrace.inference.poster.scene.Painter;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.scene.Shape.Look;
import io.millrace.inference.poster.text.Lettering.Line;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses a colour for each text from the pixels behind it, and lays a veil between them where no colour is enough. */
final class Colouring {
    /** Aimed at, a little above what WCAG asks for. */
    private static final double AIM = Contrast.TEXT + 0.3;

    private final Brief brief;
    private final Layout layout;
    private final Palette palette;
    private final BufferedImage under;
    private final double leastScrim;
    private final List<Shape> scrims = new ArrayList<>();

    /**
     * @param under the poster without text; veils are painted onto it
     * @param leastScrim opacity of a veil under every text that stands on the pattern; 0 only where needed
     */
    Colouring(Brief brief, Layout layout, Palette palette, BufferedImage under, double leastScrim) {
        this.brief = brief;
        this.layout = layout;
        this.palette = palette;
        this.under = under;
        this.leastScrim = leastScrim;
    }

    List<Shape> scrims() {
        return scrims;
    }

    Line colour(Slot slot) {
        Ground ground = Ground.behind(under, slot.box());
        List<Rgb> inks = inks(slot);
        Rgb colour = best(inks, ground);
        boolean bare = slot.panel() == null;
        if (ground.contrast(colour) < AIM || (bare && leastScrim > 0)) {
            veil(slot, colour, ground);
            ground = Ground.behind(under, slot.box());
        }
        double contrast = Math.round(ground.contrast(colour) * 100) / 100.0;
        return new Line(slot.id(), slot.role(), slot.box(), slot.setting(), slot.lines(), colour, contrast);
    }

    private List<Rgb> inks(Slot slot) {
        Rgb wish = wish(slot.id());
        Optional<Layout.PanelKind> panel = layout.panel(slot.panel()).map(Layout.Panel::kind);
        return wish == null ? Inks.on(panel, slot.role(), palette) : List.of(wish);
    }

    private @Nullable Rgb wish(String id) {
        return brief.texts().stream()
                .filter(text -> text.id().equals(id))
                .findFirst()
                .map(TextItem::color)
                .orElse(null);
    }

    /** The first colour that reads well, or the one that reads best. */
    private static Rgb best(List<Rgb> inks, Ground ground) {
        Rgb best = inks.get(0);
        for (Rgb ink : inks) {
            if (ground.contrast(ink) >= AIM) {
                return ink;
            }
            best = ground.contrast(ink) > ground.contrast(best) ? ink : best;
        }
        return best;
    }

    /** As faint as the contrast allows. */
    private void veil(Slot slot, Rgb ink, Ground before) {
        Rgb dark = palette.onSurface();
        Rgb light = palette.surface();
        Rgb ground = Contrast.inkOn(ink, light, dark);
        if (Contrast.ratio(ground, ink) < AIM) {
            ground = Contrast.inkOn(ink, new Rgb(0xFFFFFF), new Rgb(0));
        }
        double unit = brief.canvas().unit();
        double pad = slot.panel() == null ? 2.2 * unit : 0.4 * unit;
        Rect box = slot.box().grown(pad * 1.3, pad);
        BufferedImage trial;
        Shape veil;
        double opacity = Math.max(leastScrim, before.contrast(ink) < AIM ? 0.35 : leastScrim);
        do {
            Look look = Look.filled(ground, Math.min(1, opacity)).withRadius(1.6 * unit);
            veil = new Shape("scrim_" + slot.id(), "scrim", Shape.Type.RECT, box, "", look);
            trial = copy(under, slot.box());
            paintAt(trial, veil, slot.box());
            opacity += 0.08;
        } while (opacity < 1.06
                && Ground.behind(trial, new Rect(0, 0, trial.getWidth(), trial.getHeight()))
                                .contrast(ink)
                        < AIM);
        scrims.add(veil);
        try (Painter painter = new Painter(under, Map.of())) {
            painter.paint(veil);
        }
    }

    private static BufferedImage copy(BufferedImage picture, Rect box) {
        int x = (int) Math.max(0, box.x());
        int y = (int) Math.max(0, box.y());
        int width = (int) Math.max(1, Math.min(picture.getWidth() - x, Math.ceil(box.w())));
        int height = (int) Math.max(1, Math.min(picture.getHeight() - y, Math.ceil(box.h())));
        BufferedImage part = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        part.setRGB(0, 0, width, height, picture.getRGB(x, y, width, height, null, 0, width), 0, width);
        return part;
    }

    private static void paintAt(BufferedImage part, Shape veil, Rect origin) {
        Rect box = veil.box();
        Rect moved = new Rect(box.x() - origin.x(), box.y() - origin.y(), box.w(), box.h());
        try (Painter painter = new Painter(part, Map.of())) {
            painter.paint(new Shape(veil.id(), veil.name(), veil.type(), moved, "", veil.look()));
        }
    }
}
