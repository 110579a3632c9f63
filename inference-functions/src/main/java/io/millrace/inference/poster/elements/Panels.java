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
import java.util.Locale;

/** The layout's panels as painted forms. */
final class Panels {
    private final Brief brief;
    private final Layout layout;
    private final Palette palette;
    private final Icons icons;
    private final double unit;

    Panels(Brief brief, Layout layout, Palette palette, Icons icons) {
        this.brief = brief;
        this.layout = layout;
        this.palette = palette;
        this.icons = icons;
        unit = brief.canvas().unit();
    }

    /** What covers a large part of the canvas: painted before the ornaments. */
    List<Shape> behind() {
        return draw(true);
    }

    List<Shape> draw() {
        return draw(false);
    }

    private List<Shape> draw(boolean behind) {
        List<Shape> shapes = new ArrayList<>();
        for (Panel panel : layout.panels()) {
            boolean back = panel.kind() == Layout.PanelKind.PLANE || panel.kind() == Layout.PanelKind.BAND;
            if (back == behind) {
                shapes.addAll(draw(panel));
            }
        }
        return shapes;
    }

    private List<Shape> draw(Panel panel) {
        return switch (panel.kind()) {
            case SHEET -> List.of(rect(panel, Look.filled(palette.surface(), 1).withShadow(4 * unit)));
            case CARD -> List.of(rect(panel, card()));
            case PILL, BLOCK, BAND -> List.of(rect(panel, Look.filled(palette.accent(), 1)));
            case RULE, BULLET -> List.of(rect(panel, Look.filled(mark(panel.box()), 1)));
            case DIVIDER -> List.of(rect(panel, Look.filled(ink(panel.box()), 0.22)));
            case MARK -> emblem(panel.id(), panel.box());
            case PLANE ->
                List.of(new Shape(
                        panel.id(),
                        "plane",
                        Type.PATH,
                        panel.box(),
                        panel.detail(),
                        Look.filled(palette.surface(), 1)));
            case BADGE -> badge(panel);
            case TICKET -> ticket(panel);
            case FRAME -> frame(panel);
            case ICON -> List.of(icons.draw(panel.id(), panel.detail(), panel.box(), mark(panel.box()), 0.92));
            case QUOTE -> quote(panel);
        };
    }

    private Look card() {
        Look look = Look.filled(palette.surface(), 1);
        return look.withShadow(brief.style() == Style.CARTOON ? 1.5 * unit : 3 * unit);
    }

    private static Shape rect(Panel panel, Look look) {
        return new Shape(
                panel.id(),
                panel.kind().name().toLowerCase(Locale.ROOT),
                Type.RECT,
                panel.box(),
                "",
                look.withRadius(panel.radius()));
    }

    /** A disc with a fine ring inside its edge. */
    private List<Shape> badge(Panel panel) {
        Look disc = Look.filled(palette.accent(), 1);
        Look ring = Look.outlined(palette.onAccent(), 0.28 * unit, 0.55);
        Rect inner = panel.box().grown(-1.5 * unit);
        return List.of(
                new Shape(panel.id(), "badge", Type.ELLIPSE, panel.box(), "", disc),
                new Shape(panel.id() + "ring", "badge", Type.ELLIPSE, inner, "", ring));
    }

    /** A card with a half circle out of each side and a dashed fold between them. */
    private List<Shape> ticket(Panel panel) {
        Rect box = panel.box();
        double notchX = 3.2 * unit / box.w() * 100;
        double notchY = 3.2 * unit / box.h() * 100;
        double k = 0.5523;
        double at = 100 - Math.min(40, 13 * unit / box.h() * 100) - notchY;
        String outline = String.format(
                Locale.ROOT,
                "M 0 0 L 100 0 L 100 %1$.3f C %2$.3f %1$.3f %3$.3f %4$.3f %3$.3f %5$.3f C %3$.3f %6$.3f %2$.3f %7$.3f"
                        + " 100 %7$.3f L 100 100 L 0 100 L 0 %7$.3f C %8$.3f %7$.3f %9$.3f %6$.3f %9$.3f %5$.3f C %9$.3f"
                        + " %4$.3f %8$.3f %1$.3f 0 %1$.3f Z",
                at - notchY,
                100 - k * notchX,
                100 - notchX,
                at - k * notchY,
                at,
                at + k * notchY,
                at + notchY,
                k * notchX,
                notchX);
        return List.of(new Shape(panel.id(), "ticket", Type.PATH, box, outline, Look.filled(palette.surface(), 1)));
    }

    private List<Shape> frame(Panel panel) {
        Rect box = panel.box();
        Rgb line = palette.accent();
        List<Shape> shapes = new ArrayList<>();
        shapes.add(new Shape(panel.id(), "frame", Type.RECT, box, "", Look.outlined(line, 0.34 * unit, 0.9)));
        Rect inner = box.grown(-1.3 * unit);
        shapes.add(new Shape(panel.id() + "in", "frame", Type.RECT, inner, "", Look.outlined(line, 0.14 * unit, 0.7)));
        double side = 5 * unit;
        String corner = brief.style() == Style.CHINESE
                ? "M 0 60 L 60 60 L 60 0 M 0 30 L 30 30 L 30 0 M 0 80 L 80 80 L 80 0"
                : "M 0 70 C 40 70 70 40 70 0";
        double[][] turns = {
            {box.x(), box.y(), 1, 1},
            {box.right(), box.y(), -1, 1},
            {box.x(), box.bottom(), 1, -1},
            {box.right(), box.bottom(), -1, -1}
        };
        for (int i = 0; i < turns.length; i++) {
            double[] at = turns[i];
            Rect place = new Rect(at[2] > 0 ? at[0] : at[0] - side, at[3] > 0 ? at[1] : at[1] - side, side, side);
            shapes.add(new Shape(
                    panel.id() + "corner" + i,
                    "frame",
                    Type.PATH,
                    place,
                    mirrored(corner, at[2] < 0, at[3] < 0),
                    Look.outlined(line, 0.3 * unit, 0.9)));
        }
        return shapes;
    }

    private static String mirrored(String outline, boolean across, boolean down) {
        StringBuilder turned = new StringBuilder();
        int index = 0;
        for (String word : outline.split(" ")) {
            boolean number = Character.isDigit(word.charAt(0));
            boolean flip = number && (index % 2 == 0 ? across : down);
            index += number ? 1 : 0;
            turned.append(flip ? Integer.toString(100 - Integer.parseInt(word)) : word)
                    .append(' ');
        }
        return turned.toString().strip();
    }

    private List<Shape> quote(Panel panel) {
        String one = "M 4 78 L 4 52 C 4 30 16 18 38 14 L 38 26 C 28 30 22 36 22 48 L 40 48 L 40 78 Z";
        String two = "M 56 78 L 56 52 C 56 30 68 18 90 14 L 90 26 C 80 30 74 36 74 48 L 92 48 L 92 78 Z";
        Look look = Look.filled(palette.accent(), 1);
        return List.of(
                new Shape(panel.id(), "quote", Type.PATH, panel.box(), one, look),
                new Shape(panel.id() + "b", "quote", Type.PATH, panel.box(), two, look));
    }

    private boolean onPaper(Rect box) {
        return layout.panels().stream()
                .anyMatch(other -> (other.kind() == Layout.PanelKind.CARD
                                || other.kind() == Layout.PanelKind.SHEET
                                || other.kind() == Layout.PanelKind.PLANE
                                || other.kind() == Layout.PanelKind.TICKET)
                        && !other.box().equals(box)
                        && other.box().holds(box));
    }

    private Rgb ink(Rect box) {
        return onPaper(box) ? palette.onSurface() : palette.ink();
    }

    /** The accent, or a deeper colour where the accent would vanish on what it stands on. */
    private Rgb mark(Rect box) {
        boolean banded = layout.panels().stream()
                .anyMatch(other -> (other.kind() == Layout.PanelKind.BAND || other.kind() == Layout.PanelKind.BLOCK)
                        && other.box().holds(box));
        if (banded) {
            return palette.onAccent();
        }
        Rgb ground = onPaper(box) ? palette.surface() : palette.base();
        for (Rgb colour :
                List.of(palette.accent(), palette.ramp().get(palette.ramp().size() - 2))) {
            if (Contrast.ratio(colour, ground) >= 2.6) {
                return colour;
            }
        }
        return onPaper(box) ? palette.onSurface() : palette.ink();
    }

    /** A neutral emblem where the company's own belongs. */
    private List<Shape> emblem(String id, Rect box) {
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
