package io.millrace.inference.poster.background;

import io.millrace.inference.model.pattern.PatternModel.Calm;
import io.millrace.inference.poster.intent.Brief.Canvas;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.layout.Layout.ArtShape;
import io.millrace.inference.poster.layout.Layout.Slot;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Align;
import java.util.ArrayList;
import java.util.List;

/** Where the pattern must keep still: around text that stands on it. Worked out on a coarse grid, read smoothly in between. */
final class CalmField implements Calm {
    private static final int STEP = 8;
    private static final double REACH = 34;
    /** A round ground must be this much larger than the text to hold its corners. */
    private static final double ROOM = 1.16;

    private final float[] grid;
    private final int columns;
    private final double scale;
    private final double offsetX;
    private final double offsetY;

    /**
     * @param picture part of the canvas that is painted
     * @param scale pixels of the painted picture for one of the canvas
     * @param strength 0 to 1
     * @param canvas unit and seed of the sway
     */
    CalmField(Layout layout, Rect picture, double scale, double strength, Canvas canvas) {
        double unit = canvas.unit();
        double phase = canvas.seed() % 17;
        this.scale = scale;
        offsetX = picture.x();
        offsetY = picture.y();
        columns = (int) (picture.w() / STEP) + 5;
        int rows = (int) (picture.h() / STEP) + 5;
        grid = new float[columns * rows];
        List<Rect> quiet = quiet(layout, unit);
        quiet.removeIf(ground -> layout.art().shape() != ArtShape.FULL && !ground.overlaps(picture));
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double x = offsetX + (column - 1) * STEP;
                double y = offsetY + (row - 1) * STEP;
                double free = 1;
                for (Rect rect : quiet) {
                    free *= 1 - hush(rect, x, y, unit, phase);
                }
                grid[row * columns + column] = (float) (strength * (1 - free));
            }
        }
    }

    /** 1 in the ground, falling softly around it; round and swaying, so that the pattern does not show a box. */
    private static double hush(Rect rect, double x, double y, double unit, double phase) {
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
    private static List<Rect> quiet(Layout layout, double unit) {
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
                    if (other.grown(30 * unit).overlaps(ground)) {
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

    /** Cubic B-spline: its slope is smooth, which matters because the pattern's shadows follow the slope. */
    @Override
    public float at(int x, int y) {
        double gx = x / scale / STEP + 1;
        double gy = y / scale / STEP + 1;
        int column = Math.min((int) gx, columns - 3);
        int row = Math.min((int) gy, grid.length / columns - 3);
        double fx = gx - column;
        double fy = gy - row;
        double sum = 0;
        for (int j = -1; j <= 2; j++) {
            int at = (row + j) * columns + column;
            double line = spline(fx + 1) * grid[at - 1]
                    + spline(fx) * grid[at]
                    + spline(1 - fx) * grid[at + 1]
                    + spline(2 - fx) * grid[at + 2];
            sum += spline(Math.abs(fy - j)) * line;
        }
        return (float) sum;
    }

    private static double spline(double t) {
        if (t >= 2) {
            return 0;
        }
        double far = (2 - t) * (2 - t) * (2 - t) / 6;
        return t >= 1 ? far : far - 4 * (1 - t) * (1 - t) * (1 - t) / 6;
    }
}
