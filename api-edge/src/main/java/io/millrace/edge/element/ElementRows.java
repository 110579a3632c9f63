package io.millrace.edge.element;

import io.millrace.edge.Json;
import io.millrace.edge.database.Database;
import io.millrace.edge.edit.Precondition;
import io.millrace.edge.page.PageCursor;
import io.millrace.edge.page.Selection;
import io.millrace.edge.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Elements in MySQL. Every call fails with a 503 problem while the database is down. */
@Component
public final class ElementRows {
    private static final String LAYER = "INSERT INTO layers (id, user_id, name, type, `order`, created_at, updated_at)"
            + " VALUES (?, ?, ?, 'content', 0, ?, ?) ON DUPLICATE KEY UPDATE deleted_at = NULL";
    private static final String INSERT =
            "INSERT INTO elements (id, user_id, layer_id, type, `order`, transform, style, content, locked, visible,"
                    + " selectable, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "UPDATE elements SET layer_id = ?, type = ?, `order` = ?, transform = ?, style = ?, content = ?, locked ="
                    + " ?, visible = ?, selectable = ?, updated_at = ?, version = version + 1 WHERE id = ?";

    private final Database database;
    private final Clock clock;

    ElementRows(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Which elements a list shows; null: any. */
    record Filter(
            @Nullable String userId,
            @Nullable String posterId,
            @Nullable String layerId,
            @Nullable String type,
            @Nullable Boolean visible,
            @Nullable String text) {}

    Mono<List<ObjectNode>> page(Filter filter, @Nullable PageCursor below, int limit) {
        return database.call(sql -> new Selection("SELECT e.* FROM elements e WHERE e.deleted_at IS NULL")
                .and("e.user_id = ?", filter.userId())
                .and("e.layer_id = ?", filter.layerId())
                .and(
                        "EXISTS (SELECT 1 FROM poster_layers p JOIN posters o ON o.id = p.poster_id AND o.user_id ="
                                + " e.user_id WHERE p.layer_id = e.layer_id AND p.poster_id = ?)",
                        filter.posterId())
                .and("e.type = ?", filter.type())
                .and("e.visible = ?", filter.visible())
                .andHolds("JSON_UNQUOTE(JSON_EXTRACT(e.content, '$.text'))", filter.text())
                .page(sql, "e.created_at", "e.id", below, limit, (row, number) -> element(row)));
    }

    Mono<ObjectNode> find(String id) {
        return database.call(sql -> read(sql, id, "")).flatMap(Mono::justOrEmpty);
    }

    /**
     * Inserts elements, each behind those of its layer that are there.
     *
     * @param newLayers whether layers that are not known are made; else they are refused with 400
     */
    Mono<List<ObjectNode>> create(String userId, List<ObjectNode> elements, boolean newLayers) {
        return database.transact(sql -> {
            LocalDateTime now = now();
            Set<String> layers = new LinkedHashSet<>();
            elements.forEach(element -> layers.add(element.path("layer_id").asString()));
            for (String layer : layers) {
                if (newLayers) {
                    sql.sql(LAYER)
                            .params(layer, userId, "Layer " + layer, now, now)
                            .update();
                } else {
                    requireLayer(sql, userId, layer);
                }
            }
            List<ObjectNode> made = new ArrayList<>();
            for (int i = 0; i < elements.size(); i++) {
                ObjectNode element = elements.get(i);
                if (!element.has("order")) {
                    element.put("order", i);
                }
                bound(sql, INSERT, List.of(element.path("id").asString(), userId), element, List.of(now, now));
                made.add(read(sql, element.path("id").asString(), "").orElseThrow());
            }
            return made;
        });
    }

    private static void requireLayer(JdbcClient sql, String userId, String layer) {
        Long own = sql.sql("SELECT COUNT(*) FROM layers WHERE user_id = ? AND id = ? AND deleted_at IS NULL")
                .params(userId, layer)
                .query(Long.class)
                .single();
        if (own == 0) {
            throw Problem.invalid("layer_id", "is no layer of the owner's", "Make it first with POST /layers.");
        }
    }

    private static void bound(
            JdbcClient sql, String statement, List<Object> before, ObjectNode element, List<Object> after) {
        JdbcClient.StatementSpec spec = sql.sql(statement);
        before.forEach(spec::param);
        spec.param(element.path("layer_id").asString())
                .param(element.path("type").asString())
                .param(element.path("order").asInt(0));
        for (String name : List.of("transform", "style", "content")) {
            spec.param(element.path(name).toString());
        }
        for (String name : List.of("locked", "visible", "selectable")) {
            spec.param(element.path(name).asBoolean());
        }
        after.forEach(spec::param);
        spec.update();
    }

    /**
     * Writes an element that must be what it was when it was read.
     *
     * @param whole what it shall be
     */
    Mono<ObjectNode> update(String id, Precondition condition, ObjectNode whole) {
        return database.transact(sql -> {
            ObjectNode current = read(sql, id, " FOR UPDATE").orElseThrow(() -> Problem.notFound("element " + id));
            condition.require(current.path("version").asLong(), "element " + id);
            String layer = whole.path("layer_id").asString();
            if (!layer.equals(current.path("layer_id").asString())) {
                requireLayer(sql, current.path("user_id").asString(), layer);
            }
            bound(sql, UPDATE, List.of(), whole, List.of(now(), id));
            return read(sql, id, "").orElseThrow();
        });
    }

    Mono<ObjectNode> delete(String id, Precondition condition) {
        return database.transact(sql -> {
            ObjectNode current = read(sql, id, " FOR UPDATE").orElseThrow(() -> Problem.notFound("element " + id));
            condition.require(current.path("version").asLong(), "element " + id);
            sql.sql("UPDATE elements SET deleted_at = ?, version = version + 1 WHERE id = ?")
                    .params(now(), id)
                    .update();
            return Json.object().put("id", id).put("deleted", true);
        });
    }

    private static Optional<ObjectNode> read(JdbcClient sql, String id, String lock) {
        return sql
                .sql("SELECT * FROM elements WHERE id = ? AND deleted_at IS NULL" + lock)
                .params(id)
                .query((row, number) -> element(row))
                .list()
                .stream()
                .findFirst();
    }

    /** A row of {@code elements} as JSON. */
    public static ObjectNode element(ResultSet row) throws SQLException {
        ObjectNode json = Json.object()
                .put("id", row.getString("id"))
                .put("user_id", row.getString("user_id"))
                .put("layer_id", row.getString("layer_id"))
                .put("type", row.getString("type"))
                .put("order", row.getInt("order"));
        for (String name : List.of("transform", "style", "content")) {
            json.set(name, Json.lenient(row.getString(name)) instanceof ObjectNode part ? part : Json.object());
        }
        json.put("locked", row.getBoolean("locked"))
                .put("visible", row.getBoolean("visible"))
                .put("selectable", row.getBoolean("selectable"))
                .put("version", row.getLong("version"));
        for (String name : List.of("created_at", "updated_at")) {
            json.put(
                    name,
                    Json.time(row.getObject(name, LocalDateTime.class)
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli()));
        }
        return json;
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
