package io.millrace.inference.poster.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.poster.scene.Rect;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code content} of a shape draws inside its box. */
final class Outlines {
    private static final double ROUND = 0.08;
    private static final Pattern VIEW_BOX = Pattern.compile(
            "(-?\\d{1,9}(?:\\.\\d+)?) (-?\\d{1,9}(?:\\.\\d+)?) (\\d{1,9}(?:\\.\\d+)?) (\\d{1,9}(?:\\.\\d+)?)");

    private Outlines() {}

    static Shape of(JsonNode content, Rect box) {
        String path = content.path("shape_path").asText("");
        if (!path.isEmpty()) {
            return path(path, content.path("view_box").asText(""), box);
        }
        double least = Math.min(box.w(), box.h());
        return switch (content.path("shape_type").asText("rect")) {
            case "ellipse", "circle" -> new Ellipse2D.Double(box.x(), box.y(), box.w(), box.h());
            case "line" -> new Line2D.Double(box.x(), box.centerY(), box.right(), box.centerY());
            case "triangle" -> fitted("M 50 0 L 100 100 L 0 100 Z", box);
            case "diamond" -> fitted("M 50 0 L 100 50 L 50 100 L 0 50 Z", box);
            case "star" ->
                fitted(
                        "M 50 0 L 61.8 38.2 L 100 38.2 L 69.1 61.8 L 80.9 100 L 50 76.4 L 19.1 100 L 30.9 61.8 L 0"
                                + " 38.2 L 38.2 38.2 Z",
                        box);
            case "rounded_rect" -> rounded(box, Scene.finite(content.path("radius"), ROUND * least));
            default -> rounded(box, Scene.finite(content.path("radius"), 0));
        };
    }

    static RoundRectangle2D rounded(Rect box, double radius) {
        double arc = 2 * Scene.clamped(radius, 0, Math.min(box.w(), box.h()) / 2);
        return new RoundRectangle2D.Double(box.x(), box.y(), box.w(), box.h(), arc, arc);
    }

    private static Shape fitted(String path, Rect box) {
        return path(path, "0 0 100 100", box);
    }

    /** With a view box the path is stretched over the element's box; without one its coordinates are pixels from the box's corner. */
    private static Shape path(String path, String viewBox, Rect box) {
        AffineTransform place = AffineTransform.getTranslateInstance(box.x(), box.y());
        Matcher view = VIEW_BOX.matcher(viewBox.strip());
        if (view.matches()) {
            double width = Double.parseDouble(view.group(3));
            double height = Double.parseDouble(view.group(4));
            if (width > 0 && height > 0) {
                place.scale(box.w() / width, box.h() / height);
                place.translate(-Double.parseDouble(view.group(1)), -Double.parseDouble(view.group(2)));
            }
        }
        return place.createTransformedShape(SvgPath.parse(path));
    }
}
