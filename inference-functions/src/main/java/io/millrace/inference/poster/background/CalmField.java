package io.millrace.inference.poster.background;

import io.millrace.inference.model.pattern.PatternModel.Calm;
import io.millrace.inference.poster.intent.Brief.Canvas;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.layout.Layout.ArtShape;
import io.millrace.inference.poster.layout.QuietGround;
import io.millrace.inference.poster.scene.Rect;

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
     * @param canvas unit and seed of the sway
     */
    CalmField(Layout layout, Rect picture, double scale, double strength, Canvas canvas) {
        this.scale = scale;
        offsetX = picture.x();
        offsetY = picture.y();
        columns = (int) (picture.w() / STEP) + 5;
        int rows = (int) (picture.h() / STEP) + 5;
        grid = new float[columns * rows];
        QuietGround whole = QuietGround.of(layout, canvas);
        QuietGround quiet = layout.art().shape() == ArtShape.FULL ? whole : whole.within(picture);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double x = offsetX + (column - 1) * STEP;
                double y = offsetY + (row - 1) * STEP;
                grid[row * columns + column] = (float) (strength * quiet.at(x, y));
            }
        }
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
