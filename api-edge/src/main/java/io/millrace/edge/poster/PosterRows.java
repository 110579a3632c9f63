package io.millrace.edge.poster;

import io.millrace.edge.Json;
import io.millrace.edge.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Posters in MySQL. */
@Component
final class PosterRows implements PosterStore {
    private static final String LAYERS = """
            SELECT l.id, l.name, l.type, p.`order`, l.opacity, l.blend_mode, l.locked, l.visible
            FROM poster_layers p JOIN layers l ON l.id = p.layer_id AND l.user_id = ?
            WHERE p.poster_id = ? ORDER BY p.`order`, l.id LIMIT 1000""";
    private static final String ELEMENTS = """
            SELECT e.id, e.layer_id, e.type, e.transform, e.style, e.content, e.locked, e.visible, e.selectable
            FROM poster_layers p JOIN elements e ON e.layer_id = p.layer_id AND e.user_id = ?
            WHERE p.poster_id = ? ORDER BY e.layer_id, e.`order`, e.id LIMIT 10000""";

    private final Database database;

    PosterRows(Database database) {
        this.database = database;
    }

    @Override
    public Mono<ObjectNode> poster(String id) {
        return database.<List<ObjectNode>>call(sql -> sql.sql("SELECT * FROM posters WHERE id = ?")
                        .params(id)
                        .query((row, number) -> poster(row))
                        .list())
                .flatMap(rows -> Mono.justOrEmpty(rows.stream().findFirst()));
    }

    @Override
    public Mono<ObjectNode> full(ObjectNode poster) {
        return database.call(sql -> withLayers(sql, poster));
    }

    private static ObjectNode withLayers(JdbcClient sql, ObjectNode poster) {
        String user = poster.path("user_id").asString();
        String id = poster.path("id").asString();
        ObjectNode full = Json.object();
        full.set("poster", poster);
        ArrayNode layers = full.putArray("layers");
        ObjectNode elements = full.putObject("elements");
        sql.sql(LAYERS)
                .params(user, id)
                .query((row, number) -> layer(row))
                .list()
                .forEach(layer -> {
                    layers.add(layer);
                    elements.putArray(layer.path("id").asString());
                });
        sql.sql(ELEMENTS)
                .params(user, id)
                .query((row, number) -> element(row))
                .list()
                .forEach(element ->
                        elements.withArray(element.path("layer_id").asString()).add(element));
        return full;
    }

    private static ObjectNode poster(ResultSet row) throws SQLException {
        ObjectNode json = Json.object();
        for (String name : List.of("id", "task_id", "user_id", "design_id", "title", "description")) {
            json.put(name, row.getString(name));
        }
        json.put("width", row.getInt("width")).put("height", row.getInt("height"));
        for (String name : List.of("background", "preview_url", "source_url")) {
            json.put(name, row.getString(name));
        }
        set(json, "metadata", row.getString("metadata"));
        json.put("created_at", time(row, "created_at"));
        json.put("updated_at", time(row, "updated_at"));
        return json;
    }

    private static ObjectNode layer(ResultSet row) throws SQLException {
        return Json.object()
                .put("id", row.getString("id"))
                .put("name", row.getString("name"))
                .put("type", row.getString("type"))
                .put("order", row.getInt("order"))
                .put("opacity", row.getDouble("opacity"))
                .put("blend_mode", row.getString("blend_mode"))
                .put("locked", row.getBoolean("locked"))
                .put("visible", row.getBoolean("visible"));
    }

    private static ObjectNode element(ResultSet row) throws SQLException {
        ObjectNode json = Json.object()
                .put("id", row.getString("id"))
                .put("layer_id", row.getString("layer_id"))
                .put("type", row.getString("type"));
        for (String name : List.of("transform", "style", "content")) {
            set(json, name, row.getString(name));
        }
        return json.put("locked", row.getBoolean("locked"))
                .put("visible", row.getBoolean("visible"))
                .put("selectable", row.getBoolean("selectable"));
    }

    private static void set(ObjectNode json, String name, @Nullable String text) {
        JsonNode value = Json.lenient(text);
        if (!value.isMissingNode()) {
            json.set(name, value);
        }
    }

    private static @Nullable String time(ResultSet row, String column) throws SQLException {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : Json.time(time.toInstant(ZoneOffset.UTC).toEpochMilli());
    }
}
