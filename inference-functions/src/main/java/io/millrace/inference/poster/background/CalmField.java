package io.millrace.inference.poster.background;

import io.millrace.inference.model.pattern.PatternModel.Calm;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.layout.Layout.Slot;
import io.millrace.inference.poster.scene.Rect;
import java.util.ArrayList;
import java.util.List;

/** Where the pattern must keep still: around text that stands on it. Worked out on a coarse grid, read smoothly in between. */
final class CalmField implements Calm {
    private static final int STEP = 8;

    private final float[] grid;
    private final int columns;
    private final double scale;
    private final double offsetX;
    private final double offsetY;

    /**
     * @param picture part of the canvas that is painted
     * @param scale pixels of the painted picture for one of the canvas
     * @param strength 0 to 1
     * @param unit a hundredth of the shorter side of the canvas
     */
    CalmField(Layout layout, Rect picture, double scale, double strength, double unit) {
        this.scale = scale;
        offsetX = picture.x();
        offsetY = picture.y();
        columns = (int) (picture.w() / STEP) + 3;
        int rows = (int) (picture.h() / STEP) + 3;
        grid = new float[columns * rows];
        List<Rect> quiet = quiet(layout, unit);
        double reach = 17 * unit;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double x = offsetX + column * STEP;
                double y = offsetY + row * STEP;
                double nearest = reach;
                for (Rect rect : quiet) {
                    nearest = Math.min(nearest, rect.distance(x, y));
                }
                double near = 1 - nearest / reach;
                grid[row * columns + column] = (float) (strength * near * near * (3 - 2 * near));
            }
        }
    }

    private static List<Rect> quiet(Layout layout, double unit) {
        List<Rect> quiet = new ArrayList<>();
        for (Slot slot : layout.slots()) {
            if (slot.panel() == null) {
                quiet.add(slot.box().grown(2.5 * unit));
            }
        }
        return quiet;
    }

    @Override
    public float at(int x, int y) {
        double gx = x / scale / STEP;
        double gy = y / scale / STEP;
        int column = (int) gx;
        int row = (int) gy;
        int at = Math.min(row * columns + column, grid.length - columns - 2);
        double fx = gx - column;
        double fy = gy - row;
        double upper = grid[at] + (grid[at + 1] - grid[at]) * fx;
        double lower = grid[at + columns] + (grid[at + columns + 1] - grid[at + columns]) * fx;
        return (float) (upper + (lower - upper) * fy);
    }
}
