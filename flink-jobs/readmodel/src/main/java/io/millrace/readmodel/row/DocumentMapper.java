package io.millrace.readmodel.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The design document in the result of a poster task, as rows. All its times are those of the end of the task, so a replay makes equal rows. */
final class DocumentMapper {
    private final Row task;
    private final LocalDateTime time;
    private final List<Row> rows = new ArrayList<>();

    private DocumentMapper(Row task, LocalDateTime time) {
        this.task = task;
        this.time = time;
    }

    /**
     * The poster first, then design, layers and elements; empty when the result holds no poster, as that of another type of task.
     *
     * @param event the whole event, with a result
     */
    static List<Row> rows(Row task, Fields event) throws UnreadableEvent {
        JsonNode content = event.present("result");
        if (content == null || !content.isObject() || !content.hasNonNull("poster")) {
            return List.of();
        }
        DocumentMapper mapper = new DocumentMapper(task, event.time("completed_at"));
        mapper.add(Fields.of(content, "result"));
        return mapper.rows;
    }

    private void add(Fields result) throws UnreadableEvent {
        Fields poster = Fields.of(result.object().path("poster"), "result.poster");
        String posterId = firstText(poster.optionalText("id"), result.optionalText("poster_id"));
        if (posterId == null) {
            throw new UnreadableEvent("result.poster_id is missing");
        }
        addPoster(result, poster, posterId);
        JsonNode layers = list(result, "layers");
        for (int i = 0; i < layers.size(); i++) {
            addLayer(Fields.of(layers.path(i), "result.layers[" + i + "]"), i, posterId);
        }
        Fields elements = result.optionalObject("elements");
        if (elements == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> layer : elements.object().properties()) {
            JsonNode ofLayer = list(elements, layer.getKey());
            for (int i = 0; i < ofLayer.size(); i++) {
                addElement(Fields.of(ofLayer.path(i), "result.elements[" + i + "]"), i, layer.getKey());
            }
        }
    }

    private void addPoster(Fields result, Fields poster, String posterId) throws UnreadableEvent {
        String designId = result.optionalText("design_id");
        Map<String, @Nullable Object> values = owned();
        values.put("id", posterId);
        values.put("design_id", designId);
        values.put("task_id", task.get("id"));
        values.put("title", poster.optionalText("title"));
        values.put("description", poster.optionalText("description"));
        values.put("width", poster.integer("width"));
        values.put("height", poster.integer("height"));
        values.put("background", poster.textOrJson("background"));
        values.put("preview_url", firstText(poster.optionalText("preview_url"), result.optionalText("preview")));
        values.put("source_url", poster.optionalText("source_url"));
        values.put("metadata", poster.json("metadata"));
        rows.add(Row.of(Table.POSTERS, values));
        if (designId != null) {
            Map<String, @Nullable Object> design = owned();
            design.put("id", designId);
            design.put("task_id", task.get("id"));
            design.put("title", poster.optionalText("title"));
            rows.add(Row.of(Table.DESIGNS, design));
        }
    }

    private void addLayer(Fields layer, int index, String posterId) throws UnreadableEvent {
        String id = layer.text("id");
        int order = layer.integer("order", index);
        Map<String, @Nullable Object> values = owned();
        values.put("id", id);
        values.put("name", layer.optionalText("name"));
        values.put("type", layer.optionalText("type"));
        values.put("order", order);
        values.put("opacity", layer.real("opacity", 1));
        String blendMode = layer.optionalText("blend_mode");
        values.put("blend_mode", blendMode == null ? "normal" : blendMode);
        values.put("locked", layer.flag("locked", false));
        values.put("visible", layer.flag("visible", true));
        rows.add(Row.of(Table.LAYERS, values));

        Map<String, @Nullable Object> link = new HashMap<>();
        link.put("id", posterId + ":" + id);
        link.put("poster_id", posterId);
        link.put("layer_id", id);
        link.put("order", order);
        link.put("created_at", time);
        rows.add(Row.of(Table.POSTER_LAYERS, link));
    }

    private void addElement(Fields element, int index, String layerId) throws UnreadableEvent {
        Map<String, @Nullable Object> values = owned();
        values.put("id", element.text("id"));
        String ownLayer = element.optionalText("layer_id");
        values.put("layer_id", ownLayer == null ? layerId : ownLayer);
        values.put("type", element.text("type"));
        values.put("order", element.integer("order", index));
        for (String part : List.of("transform", "style", "content")) {
            Fields fields = element.optionalObject(part);
            values.put(part, fields == null ? "{}" : JsonText.text(fields.object()));
        }
        values.put("locked", element.flag("locked", false));
        values.put("visible", element.flag("visible", true));
        values.put("selectable", element.flag("selectable", true));
        rows.add(Row.of(Table.ELEMENTS, values));
    }

    private Map<String, @Nullable Object> owned() {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("user_id", task.get("user_id"));
        values.put("created_at", time);
        values.put("updated_at", time);
        return values;
    }

    private static JsonNode list(Fields fields, String field) throws UnreadableEvent {
        JsonNode node = fields.object().path(field);
        if (node.isArray() || node.isMissingNode() || node.isNull()) {
            return node;
        }
        throw new UnreadableEvent(fields.where() + field + " is no list");
    }

    private static @Nullable String firstText(@Nullable String first, @Nullable String second) {
        return first == null || first.isEmpty() ? second : first;
    }
}
