package io.millrace.inference.poster.elements;

import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.colour.Contrast;
import io.millrace.inference.poster.colour.Palette;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.layout.Layout.Panel;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.scene.Shape.Look;
import io.millrace.inference.poster.scene.Shape.Type;
import java.util.ArrayList;
import java.util.List;

/** The layout's panels as painted forms. */
final class Panels {
    private final Brief brief;
    private final Layout layout;
    private final Palette palette;
    private final double unit;

    Panels(Brief brief, Layout layout, Palette palette) {
        this.brief = brief;
        this.layout = layout;
        this.palette = palette;
        unit = brief.canvas().unit();
    }

    List<Shape> draw() {
        List<Shape> shapes = new ArrayList<>();
        for (Panel panel : layout.panels()) {
            switch (panel.kind()) {
                case SHEET ->
                    shapes.add(rect(panel, Look.filled(palette.surface(), 1).withShadow(4 * unit)));
                case CARD -> shapes.add(rect(panel, card()));
                case PILL -> shapes.add(rect(panel, Look.filled(palette.accent(), 1)));
                case RULE, BULLET -> shapes.add(rect(panel, Look.filled(mark(panel), 1)));
                case MARK -> shapes.addAll(mark(panel.id(), panel.box()));
            }
        }
        return shapes;
    }

    private Look card() {
        Look look = Look.filled(palette.surface(), 1);
        return look.withShadow(brief.style() == Style.CARTOON ? 1.5 * unit : 3 * unit);
    }

    private static Shape rect(Panel panel, Look look) {
        return new Shape(
                panel.id(),
                panel.kind().name().toLowerCase(java.util.Locale.ROOT),
                Type.RECT,
                panel.box(),
                "",
                look.withRadius(panel.radius()));
    }

    /** The accent, or a deeper colour of the ramp where the accent would vanish on a card. */
    private Rgb mark(Panel panel) {
        boolean onCard = layout.panels().stream()
                .anyMatch(other -> !other.equals(panel)
                        && (other.kind() == Layout.PanelKind.CARD || other.kind() == Layout.PanelKind.SHEET)
                        && other.box().holds(panel.box()));
        boolean pale = onCard && Contrast.ratio(palette.accent(), palette.surface()) < 1.9;
        return pale ? palette.ramp().get(palette.ramp().size() - 2) : palette.accent();
    }

    /** A neutral emblem where the company's own belongs. */
    private List<Shape> mark(String id, Rect box) {
        Look ground = Look.filled(palette.accent(), 1).withRadius(box.w() * 0.28);
        Look figure = Look.filled(palette.onAccent(), 1);
        return List.of(
                new Shape(id, "logo", Type.RECT, box, "", ground),
                new Shape(
                        id + "a",
                        "logo",
                        Type.PATH,
                        box,
                        "M 24 74 L 24 50 C 24 35 35 24 50 24 L 50 50 C 50 64 39 74 24 74 Z",
                        figure),
                new Shape(
                        id + "b",
                        "logo",
                        Type.PATH,
                        box,
                        "M 56 44 C 56 33 65 24 76 24 L 76 50 C 76 64 66 74 56 74 Z",
                        figure));
    }
}
