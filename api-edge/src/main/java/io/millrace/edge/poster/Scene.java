package io.millrace.edge.poster;

import io.millrace.edge.Json;
import io.millrace.edge.problem.Problem;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a poster's picture depends on, and nothing else, so that equal posters make equal scenes: {@code {poster_id, title, width,
 * height, background, layers: [{id, name, type, opacity, blend_mode, visible, elements: [{id, type, transform, style, content,
 * visible}]}]}}, from back to front.
 */
final class Scene {
    private static final int MAX_SIDE = 4_096;
    private static final int MAX_ELEMENTS = 1_000;
    private static final List<String> OF_LAYER = List.of("id", "name", "type", "opacity", "blend_mode", "visible");
    private static final List<String> OF_ELEMENT = List.of("id", "type", "transform", "style", "content", "visible");

    private Scene() {}

    /** @throws Problem 400 when the poster is larger than what is drawn */
    static ObjectNode of(ObjectNode full) {
        JsonNode poster = full.path("poster");
        int width = poster.path("width").asInt();
        int height = poster.path("height").asInt();
        if (Math.max(width, height) > MAX_SIDE) {
            String field = width > MAX_SIDE ? "width" : "height";
            throw Problem.invalid(field, "is more than can be drawn", "Make it " + MAX_SIDE + " pixels at most.");
        }
        ObjectNode scene = Json.object().put("poster_id", poster.path("id").asString());
        scene.put("title", poster.path("title").asString(""));
        scene.put("width", width).put("height", height);
        scene.put("background", poster.path("background").asString(""));
        ArrayNode layers = scene.putArray("layers");
        int elements = 0;
        for (JsonNode layer : full.path("layers")) {
            ObjectNode into = copied(layer, OF_LAYER, layers.addObject());
            ArrayNode list = into.putArray("elements");
            for (JsonNode element : full.path("elements").path(layer.path("id").asString())) {
                copied(element, OF_ELEMENT, list.addObject());
                elements++;
            }
            Groups.requireFlat(list);
        }
        if (elements > MAX_ELEMENTS) {
            throw Problem.invalid(
                    "elements", "are more than can be drawn: " + elements, "Keep at most " + MAX_ELEMENTS + ".");
        }
        return scene;
    }

    private static ObjectNode copied(JsonNode from, List<String> names, ObjectNode into) {
        names.stream().filter(from::hasNonNull).forEach(name -> into.set(name, from.path(name)));
        return into;
    }
}
