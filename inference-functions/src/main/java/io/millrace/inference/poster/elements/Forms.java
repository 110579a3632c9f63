package io.millrace.inference.poster.elements;

import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.intent.Extra;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.scene.Shape.Look;
import io.millrace.inference.poster.scene.Shape.Type;
import java.util.Locale;

/** Plain forms that a user asks for by name, in Chinese or English. */
final class Forms {
    static final String STAR = "M 50 4 L 62 36 L 96 38 L 69 59 L 79 93 L 50 73 L 21 93 L 31 59 L 4 38 L 38 36 Z";

    private Forms() {}

    static Shape of(Extra extra, Rect box, Rgb fill) {
        Look look = Look.filled(fill, 1);
        String name = extra.content().toLowerCase(Locale.ROOT);
        if (name.contains("star") || name.contains("星")) {
            return new Shape(extra.id(), "star", Type.PATH, box, STAR, look);
        }
        if (name.contains("line") || name.contains("线")) {
            Rect line = new Rect(box.x(), box.centerY() - box.h() / 60, box.w(), box.h() / 30);
            return new Shape(extra.id(), "line", Type.RECT, line, "", look);
        }
        if (name.contains("rect") || name.contains("square") || name.contains("方") || name.contains("矩")) {
            return new Shape(extra.id(), "rect", Type.RECT, box, "", look.withRadius(box.w() * 0.06));
        }
        if (name.contains("triangle") || name.contains("三角")) {
            return new Shape(extra.id(), "triangle", Type.PATH, box, "M 50 8 L 98 92 L 2 92 Z", look);
        }
        return new Shape(extra.id(), "circle", Type.ELLIPSE, box, "", look);
    }
}
