package io.millrace.inference.poster.elements;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.data.Resources;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.scene.Shape.Look;
import io.millrace.inference.poster.scene.Shape.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A drawing of a few forms for each topic, from {@code motifs.json}: view box 100 by 100, colours by part. */
final class Motifs {
    private final JsonNode drawings;

    Motifs() throws IOException {
        drawings = Resources.json("millrace/poster/motifs.json");
    }

    /**
     * The drawing of a topic, or of its occasion.
     *
     * @param id what the ids of its parts begin with
     * @param colours of the parts {@code main, soft, accent, dark, glow, glow_shade, shine}
     */
    List<Shape> draw(String id, Brief brief, Rect box, Map<String, Rgb> colours) {
        JsonNode drawing = drawings.path(brief.topic());
        if (drawing.isMissingNode()) {
            drawing = drawings.path(brief.occasion().label());
        }
        if (drawing.isTextual()) {
            drawing = drawings.path(drawing.asText());
        }
        List<Shape> shapes = new ArrayList<>();
        for (JsonNode part : drawing) {
            shapes.add(part(part, id + (shapes.size() + 1), box, colours));
        }
        return shapes;
    }

    private static Shape part(JsonNode part, String id, Rect box, Map<String, Rgb> colours) {
        double scale = box.w() / 100;
        Type type = Type.valueOf(part.path("type").asText().toUpperCase(Locale.ROOT));
        JsonNode place = part.path("box");
        Rect where = place.isMissingNode()
                ? box
                : new Rect(
                        box.x() + place.get(0).asDouble() * scale,
                        box.y() + place.get(1).asDouble() * scale,
                        place.get(2).asDouble() * scale,
                        place.get(3).asDouble() * scale);
        Look look = new Look(
                colour(part.path("fill"), colours),
                1,
                colour(part.path("stroke"), colours),
                part.path("width").asDouble() * scale,
                part.path("radius").asDouble() * scale,
                0);
        return new Shape(id, "motif", type, where, part.path("path").asText(""), look);
    }

    private static @Nullable Rgb colour(JsonNode name, Map<String, Rgb> colours) {
        return name.isMissingNode() ? null : colours.get(name.asText());
    }
}
