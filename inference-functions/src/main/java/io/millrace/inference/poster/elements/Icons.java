package io.millrace.inference.poster.elements;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.data.Resources;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.scene.Shape.Look;
import io.millrace.inference.poster.scene.Shape.Type;
import java.io.IOException;

/** Line icons of Lucide (ISC), from {@code icons.json}: outlines in a view box of 100 by 100. */
final class Icons {
    /** Stroke of the set, 2 in a view box of 24. */
    private static final double STROKE = 2 / 24.0;

    private final JsonNode outlines;

    Icons() throws IOException {
        outlines = Resources.json("millrace/poster/icons.json");
    }

    boolean has(String name) {
        return outlines.has(name);
    }

    Shape draw(String id, String name, Rect box, Rgb colour, double weight) {
        String outline = outlines.path(name).asText(outlines.path("star").asText());
        return new Shape(id, "icon", Type.PATH, box, outline, Look.outlined(colour, box.w() * STROKE * weight, 1));
    }
}
