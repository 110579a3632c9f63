package io.millrace.inference.poster.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.poster.scene.Rect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A poster as data: layers from back to front, each with its elements from back to front.
 *
 * @param width 1 to 4096 pixels
 * @param height 1 to 4096 pixels
 * @param background colour, {@code linear-gradient(...)} or reference of a picture; empty: white
 */
record Scene(String posterId, String title, int width, int height, String background, List<Layer> layers) {
    private static final int MAX_SIDE = 4096;
    private static final int MAX_ELEMENTS = 2000;

    /** @param blendMode as of an element */
    record Layer(
            String id,
            String name,
            String type,
            double opacity,
            String blendMode,
            boolean visible,
            List<Element> elements) {
        Layer {
            elements = List.copyOf(elements);
        }
    }

    /** @param type {@code text, image, shape} or {@code group} */
    record Element(String id, String type, Placement placement, JsonNode style, JsonNode content, boolean visible) {
        double opacity() {
            return clamped(style.path("opacity").asDouble(1), 0, 1);
        }

        String blendMode() {
            return style.path("blend_mode").asText("normal");
        }
    }

    /**
     * Where an element stands; turned, stretched and slanted about its centre.
     *
     * @param rotation degrees clockwise
     * @param skewX degrees
     * @param skewY degrees
     */
    record Placement(Rect box, double rotation, double scaleX, double scaleY, double skewX, double skewY) {}

    Scene {
        layers = List.copyOf(layers);
    }

    /** @throws PhaseFailure BAD_INPUT naming the field */
    static Scene read(JsonNode node) throws PhaseFailure {
        int width = side(node, "width");
        int height = side(node, "height");
        ArrayList<Layer> layers = new ArrayList<>();
        int elements = 0;
        for (JsonNode layer : node.path("layers")) {
            Layer read = layer(layer);
            elements += read.elements().size();
            layers.add(read);
        }
        if (elements > MAX_ELEMENTS) {
            throw PhaseFailure.badInput("layers", "hold " + elements + " elements: at most " + MAX_ELEMENTS);
        }
        return new Scene(
                node.path("poster_id").asText(""),
                node.path("title").asText(""),
                width,
                height,
                node.path("background").asText(""),
                layers);
    }

    private static int side(JsonNode node, String name) throws PhaseFailure {
        int side = node.path(name).asInt(0);
        if (side < 1 || side > MAX_SIDE) {
            throw PhaseFailure.badInput(name, "must be a whole number of pixels from 1 to " + MAX_SIDE);
        }
        return side;
    }

    private static Layer layer(JsonNode node) {
        ArrayList<Element> elements = new ArrayList<>();
        node.path("elements").forEach(element -> elements.add(element(element)));
        return new Layer(
                node.path("id").asText(""),
                node.path("name").asText(""),
                node.path("type").asText("content"),
                clamped(node.path("opacity").asDouble(1), 0, 1),
                node.path("blend_mode").asText("normal"),
                node.path("visible").asBoolean(true),
                elements);
    }

    private static Element element(JsonNode node) {
        JsonNode transform = node.path("transform");
        Rect box = new Rect(
                finite(transform.path("x"), 0),
                finite(transform.path("y"), 0),
                Math.max(0, finite(transform.path("width"), 0)),
                Math.max(0, finite(transform.path("height"), 0)));
        Placement placement = new Placement(
                box,
                finite(transform.path("rotation"), 0),
                finite(transform.path("scale_x"), 1),
                finite(transform.path("scale_y"), 1),
                finite(transform.path("skew_x"), 0),
                finite(transform.path("skew_y"), 0));
        return new Element(
                node.path("id").asText(""),
                node.path("type").asText(""),
                placement,
                object(node.path("style")),
                object(node.path("content")),
                node.path("visible").asBoolean(true));
    }

    private static JsonNode object(JsonNode node) {
        return node.isObject() ? node : Json.object();
    }

    /** A number, or another one when it is none or too large to be meant. */
    static double finite(@Nullable JsonNode node, double otherwise) {
        JsonNode given = node == null ? MissingNode.getInstance() : node;
        double value = given.isNumber() ? given.asDouble() : otherwise;
        return Math.abs(value) <= 1e6 ? value : otherwise;
    }

    static double clamped(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }
}
