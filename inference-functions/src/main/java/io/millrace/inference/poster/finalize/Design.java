package io.millrace.inference.poster.finalize;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.poster.elements.Elements;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.TextItem;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.text.Lettering;
import io.millrace.inference.poster.text.Lettering.Line;
import io.millrace.schemas.task.TaskId;
import java.util.List;

/** The poster as editable data: four layers from back to front, and their elements. */
final class Design {
    private final Ids ids;
    private final ArrayNode layers = Json.object().arrayNode();
    private final ObjectNode elements = Json.object();
    private final ArrayNode editable = Json.object().arrayNode();

    Design(TaskId task) {
        ids = new Ids(task);
    }

    Ids ids() {
        return ids;
    }

    ArrayNode layers() {
        return layers;
    }

    ObjectNode elements() {
        return elements;
    }

    /** Ids of what a user may change. */
    ArrayNode editable() {
        return editable;
    }

    void add(Brief brief, String background, Elements drawn, Lettering lettering) {
        Rect canvas = new Rect(0, 0, brief.canvas().width(), brief.canvas().height());
        String back = layer("background", "background", true);
        add(back, ElementData.picture(ids.of("elem", "background"), back, canvas, background), false);
        shapes("decoration", "decoration", drawn.ornaments());
        shapes("panels", "content", drawn.panels());
        shapes("scrims", "content", lettering.scrims());
        String words = layer("text", "content", false);
        for (Line line : lettering.texts()) {
            for (TextItem text : brief.texts()) {
                if (text.id().equals(line.id())) {
                    String source = text.source().name().toLowerCase(java.util.Locale.ROOT);
                    String id = ids.of("elem", "text/" + line.id());
                    add(words, ElementData.text(id, words, line, text.content(), source), true);
                }
            }
        }
    }

    private void shapes(String name, String type, List<Shape> shapes) {
        if (shapes.isEmpty()) {
            return;
        }
        String layer = layer(name, type, false);
        for (Shape shape : shapes) {
            String id = ids.of("elem", name + "/" + shape.id());
            add(layer, ElementData.shape(id, layer, shape), true);
        }
    }

    private String layer(String name, String type, boolean locked) {
        String id = ids.of("layer", name);
        layers.addObject()
                .put("id", id)
                .put("name", name)
                .put("type", type)
                .put("order", layers.size() - 1)
                .put("opacity", 1.0)
                .put("blend_mode", "normal")
                .put("locked", locked)
                .put("visible", true);
        elements.putArray(id);
        return id;
    }

    private void add(String layer, ObjectNode element, boolean canEdit) {
        elements.withArray("/" + layer).add(element);
        if (canEdit) {
            editable.add(element.path("id").asText());
        }
    }
}
