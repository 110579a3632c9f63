package io.millrace.inference.poster.layout;

import io.millrace.inference.poster.intent.Brief.Canvas;
import io.millrace.inference.poster.layout.Layout.ArtShape;
import io.millrace.inference.poster.layout.Layout.Panel;
import io.millrace.inference.poster.layout.Layout.PanelKind;
import io.millrace.inference.poster.layout.Layout.Slot;
import io.millrace.inference.poster.scene.Outline;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Align;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the pattern must keep still: in and around the texts that stand on it. Lengths in pixels of the canvas. */
public final class QuietGround {
    private static final double REACH = 34;
    /** Texts closer than this many hundredths of the shorter side share a ground. */
    private static final double CLOSE = 30;
    /** A round ground must be this much larger than the text to hold its corners. */
    private static final double ROOM = 1.16;
    /** Above this the pattern is no longer seen. */
    private static final double STILL = 0.75;

    private static final int SAMPLES = 12;

    private final Canvas canvas;
    private final List<Rect> grounds;
    private final double unit;
    private final double phase;

    private QuietGround(Canvas canvas, List<Rect> grounds) {
        this.canvas = canvas;
        this.grounds = List.copyOf(grounds);
        unit = canvas.unit();
        phase = canvas.seed() % 17;
    }

    public static QuietGround of(Layout layout, Canvas canvas) {
        return new QuietGround(canvas, grounds(layout, canvas.unit()));
    }

    /** Only the grounds that reach into a part of the canvas. */
    public QuietGround within(Rect part) {
        return new QuietGround(
                canvas, grounds.stream().filter(ground -> ground.overlaps(part)).toList());
    }

    /** How still the pattern must be at a place, 0 to 1. */
    public double at(double x, double y) {
        double free = 1;
        for (Rect rect : grounds) {
            free *= 1 - hush(rect, x, y);
        }
        return 1 - free;
    }

    /** Share of the canvas that is not plain: where the pattern is seen, or an accent stands. 0 to 1. */
    double lively(List<Panel> panels) {
        Map<String, Path2D> outlines = new HashMap<>();
        panels.stream()
                .filter(panel ->
                        panel.kind() == PanelKind.PLANE && !panel.detail().isEmpty())
                .forEach(panel -> outlines.put(panel.id(), Outline.parse(panel.detail())));
        int lively = 0;
        for (int row = 0; row < SAMPLES; row++) {
            for (int column = 0; column < SAMPLES; column++) {
                double x = (column + 0.5) * canvas.width() / SAMPLES;
                double y = (row + 0.5) * canvas.height() / SAMPLES;
                lively += lively(panels, outlines, x, y) ? 1 : 0;
            }
        }
        return lively / (double) (SAMPLES * SAMPLES);
    }

    private boolean lively(List<Panel> panels, Map<String, Path2D> outlines, double x, double y) {
        boolean seen = at(x, y) < STILL;
        for (Panel panel : panels) {
            if (panel.box().distance(x, y) > 0) {
                continue;
            }
            seen = switch (panel.kind()) {
                case BADGE, BAND, BLOCK -> true;
                case SHEET, CARD, TICKET -> false;
                case PLANE -> seen && !within(panel.box(), outlines.get(panel.id()), x, y);
                case PILL, MARK, RULE, BULLET, FRAME, DIVIDER, ICON, QUOTE -> seen;
            };
        }
        return seen;
    }

    /** @param outline in a view box of 100 by 100; null: all of the box */
    private static boolean within(Rect box, @Nullable Path2D outline, double x, double y) {
        return outline == null || outline.contains(100 * (x - box.x()) / box.w(), 100 * (y - box.y()) / box.h());
    }

    /** 1 in the ground, falling softly around it; round and swaying, so that the pattern does not show a box. */
    private double hush(Rect rect, double x, double y) {
        double halfWidth = rect.w() / 2 * ROOM;
        double halfHeight = rect.h() / 2 * ROOM;
        double across = Math.abs(x - rect.centerX()) / halfWidth;
        double down = Math.abs(y - rect.centerY()) / halfHeight;
        double round = Math.cbrt(across * across * across + down * down * down);
        double away = (round - 1) * Math.min(halfWidth, halfHeight) * 1.2;
        double sway = 1
                + 0.24 * Math.sin(x / (15 * unit) + y / (24 * unit) + phase)
                + 0.18 * Math.sin(y / (12 * unit) - x / (31 * unit) - phase);
        double near = Math.min(1, Math.max(0, 1 - away / (REACH * unit * sway)));
        return near * near * (3 - 2 * near);
    }

    /** Ground of the texts on the pattern; those close to each other share one. */
    private static List<Rect> grounds(Layout layout, double unit) {
        List<Rect> quiet = new ArrayList<>();
        for (Slot slot : layout.slots()) {
            if (slot.panel() != null) {
                continue;
            }
            Rect ground = slot.box().grown(2 * unit);
            if (slot.setting().align() == Align.LEFT && layout.art().shape() == ArtShape.FULL) {
                // Words on the left edge: the ground runs out of the picture there and the pattern stands on the right.
                double beyond = ground.x() + 0.6 * ground.w();
                ground = new Rect(ground.x() - beyond, ground.y(), ground.w() + beyond, ground.h());
            }
            boolean merged = true;
            while (merged) {
                merged = false;
                for (Rect other : List.copyOf(quiet)) {
                    if (other.grown(CLOSE * unit).overlaps(ground)) {
                        quiet.remove(other);
                        ground = ground.union(other);
                        merged = true;
                    }
                }
            }
            quiet.add(ground);
        }
        return quiet;
    }
}
