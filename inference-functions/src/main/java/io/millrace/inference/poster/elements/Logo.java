package io.millrace.inference.poster.elements;

import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.scene.Shape.Look;
import io.millrace.inference.poster.scene.Shape.Type;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** The logo that was uploaded: where the emblem would stand, else in the first corner that is free. */
final class Logo {
    private static final String EMBLEM = "logo";
    private static final double HEIGHT = 7;
    private static final double WIDEST = 30;

    private Logo() {}

    /**
     * The panels with the logo among them.
     *
     * @param picture the logo
     * @param reference of the picture
     * @param unit a hundredth of the poster's shorter side
     */
    static List<Shape> placed(List<Shape> panels, BufferedImage picture, String reference, Layout layout, double unit) {
        double aspect = picture.getWidth() / (double) picture.getHeight();
        List<Shape> placed = new ArrayList<>();
        Rect place = null;
        for (Shape shape : panels) {
            if (!shape.name().equals(EMBLEM)) {
                placed.add(shape);
            } else if (place == null) {
                place = contained(shape.box(), aspect);
                placed.add(shape(reference, place));
            }
        }
        if (place == null) {
            double width = Math.min(HEIGHT * unit * aspect, WIDEST * unit);
            placed.add(shape(reference, corner(layout, width, width / aspect, 2 * unit)));
        }
        return placed;
    }

    private static Shape shape(String reference, Rect box) {
        return new Shape(EMBLEM, EMBLEM, Type.IMAGE, box, reference, Look.filled(new Rgb(0xFFFFFF), 1));
    }

    private static Rect contained(Rect box, double aspect) {
        double width = Math.min(box.w(), box.h() * aspect);
        double height = width / aspect;
        return new Rect(box.centerX() - width / 2, box.centerY() - height / 2, width, height);
    }

    /** The first corner of the safe area with nothing in it; the upper right one when all are taken. */
    private static Rect corner(Layout layout, double width, double height, double gap) {
        Rect safe = layout.safe();
        double right = safe.right() - width;
        double lower = safe.bottom() - height;
        List<Rect> corners = List.of(
                new Rect(right, safe.y(), width, height),
                new Rect(safe.x(), safe.y(), width, height),
                new Rect(right, lower, width, height),
                new Rect(safe.x(), lower, width, height));
        return corners.stream()
                .filter(corner ->
                        layout.slots().stream().noneMatch(slot -> slot.box().overlaps(corner.grown(gap))))
                .findFirst()
                .orElse(corners.get(0));
    }
}
