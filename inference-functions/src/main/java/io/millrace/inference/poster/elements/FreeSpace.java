package io.millrace.inference.poster.elements;

import io.millrace.inference.poster.scene.Rect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds room that nothing stands in yet. */
final class FreeSpace {
    private final List<Rect> taken = new ArrayList<>();
    private final double step;

    /** @param step resolution in pixels */
    FreeSpace(double step) {
        this.step = step;
    }

    void take(Rect rect) {
        taken.add(rect);
    }

    boolean free(Rect rect) {
        return taken.stream().noneMatch(rect::overlaps);
    }

    /** The largest free square inside the area; of equal ones the nearest to the area's centre. */
    Optional<Rect> largestSquare(Rect area) {
        int columns = Math.max(1, (int) (area.w() / step));
        int rows = Math.max(1, (int) (area.h() / step));
        int[][] side = new int[rows][columns];
        int most = 0;
        double nearest = Double.MAX_VALUE;
        Rect best = null;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                Rect cell = new Rect(area.x() + column * step, area.y() + row * step, step, step);
                if (!free(cell)) {
                    continue;
                }
                int corner = row == 0 || column == 0 ? 0 : side[row - 1][column - 1];
                int above = row == 0 ? 0 : side[row - 1][column];
                int left = column == 0 ? 0 : side[row][column - 1];
                side[row][column] = 1 + Math.min(corner, Math.min(above, left));
                double length = side[row][column] * step;
                Rect square = new Rect(cell.right() - length, cell.bottom() - length, length, length);
                double away = Math.hypot(square.centerX() - area.centerX(), square.centerY() - area.centerY());
                if (side[row][column] > most || (side[row][column] == most && away < nearest)) {
                    most = side[row][column];
                    nearest = away;
                    best = square;
                }
            }
        }
        return Optional.ofNullable(best);
    }
}
