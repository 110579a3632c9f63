package io.millrace.inference.poster.elements;

import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.colour.Palette;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.scene.Shape.Look;
import io.millrace.inference.poster.scene.Shape.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stands behind a drawing so that it is an emblem and not a stray picture: a ring, a sun, rays, orbits, by style. */
final class Backing {
    private static final int RAYS = 24;

    private final Style style;
    private final Palette palette;
    private final double unit;

    Backing(Style style, Palette palette, double unit) {
        this.style = style;
        this.palette = palette;
        this.unit = unit;
    }

    /** Share of the box that the drawing itself takes. */
    double share() {
        return switch (style) {
            case BUSINESS -> 0.66;
            case CARTOON -> 0.86;
            case MINIMALIST -> 0.5;
            case TECH -> 0.46;
            case ELEGANT -> 0.44;
            case RETRO -> 0.52;
            case CHINESE -> 0.54;
        };
    }

    List<Shape> behind(Rect box) {
        List<Rgb> ramp = palette.ramp();
        return switch (style) {
            case BUSINESS ->
                List.of(
                        disc("b0", box, Look.filled(ramp.get(3), 0.28)),
                        disc("b1", box.grown(-0.09 * box.w()), Look.filled(ramp.get(4), 0.3)),
                        disc("b2", box.grown(0.055 * box.w()), Look.outlined(palette.ink(), 0.2 * unit, 0.22)));
            case CARTOON -> List.of();
            case MINIMALIST -> List.of(disc("b0", box, Look.filled(ramp.get(2), 0.85)));
            case TECH -> orbits(box);
            case ELEGANT ->
                List.of(
                        disc("b0", box, Look.outlined(palette.accent(), 0.34 * unit, 0.95)),
                        disc("b1", box.grown(-1.3 * unit), Look.outlined(palette.accent(), 0.14 * unit, 0.8)));
            case RETRO -> rays(box);
            case CHINESE ->
                List.of(
                        disc("b0", box, Look.filled(palette.accent(), 1)),
                        disc("b1", box.grown(1.4 * unit), Look.outlined(palette.accent(), 0.22 * unit, 0.8)),
                        cloud("b2", box, -0.12, 0.72, 0.46),
                        cloud("b3", box, 0.7, 0.16, 0.36));
        };
    }

    private Shape disc(String id, Rect box, Look look) {
        return new Shape("back" + id, "backing", Type.ELLIPSE, box, "", look);
    }

    /** An auspicious cloud: a flat foot and three round heads with a curl. */
    private Shape cloud(String id, Rect box, double x, double y, double size) {
        Rect place = new Rect(box.x() + x * box.w(), box.y() + y * box.h(), size * box.w(), size * box.w() * 0.5);
        String outline = "M 6 86 C -4 86 -2 58 14 58 C 10 30 40 22 46 46 C 54 30 78 36 74 60 C 90 52 104 66 96 86 Z";
        return new Shape("back" + id, "backing", Type.PATH, place, outline, Look.filled(palette.ink(), 0.94));
    }

    private List<Shape> orbits(Rect box) {
        List<Shape> shapes = new ArrayList<>();
        Rgb line = palette.accent();
        for (int i = 0; i < 3; i++) {
            Rect ring = box.grown(-0.16 * i * box.w() + 0.06 * box.w());
            shapes.add(disc("o" + i, ring, Look.outlined(line, (0.16 + 0.12 * i) * unit, 0.3 + 0.3 * i)));
            double angle = Math.toRadians(35 + 115 * i);
            double x = ring.centerX() + Math.cos(angle) * ring.w() / 2;
            double y = ring.centerY() + Math.sin(angle) * ring.h() / 2;
            double dot = (1.1 + 0.4 * i) * unit;
            shapes.add(disc("p" + i, new Rect(x - dot / 2, y - dot / 2, dot, dot), Look.filled(line, 1)));
        }
        shapes.add(
                1,
                disc("g", box.grown(-0.2 * box.w()), Look.filled(palette.ramp().get(3), 0.55)));
        return shapes;
    }

    private List<Shape> rays(Rect box) {
        List<Shape> shapes = new ArrayList<>();
        StringBuilder fan = new StringBuilder();
        for (int i = 0; i < RAYS; i++) {
            double from = 2 * Math.PI * i / RAYS;
            double to = from + Math.PI / RAYS;
            fan.append(String.format(
                    Locale.ROOT,
                    "M 50 50 L %.2f %.2f L %.2f %.2f Z ",
                    50 + 50 * Math.cos(from),
                    50 + 50 * Math.sin(from),
                    50 + 50 * Math.cos(to),
                    50 + 50 * Math.sin(to)));
        }
        shapes.add(new Shape(
                "backrays", "backing", Type.PATH, box, fan.toString().strip(), Look.filled(palette.accent(), 0.9)));
        Rect sun = box.grown(-0.15 * box.w());
        shapes.add(disc("sun", sun, Look.filled(palette.ramp().get(2), 1)));
        shapes.add(disc("rim", sun.grown(-1.1 * unit), Look.outlined(palette.surface(), 0.3 * unit, 1)));
        return shapes;
    }
}
