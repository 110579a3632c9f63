package io.millrace.edge.poster;

import io.millrace.edge.Json;
import io.millrace.edge.database.Database;
import io.millrace.edge.edit.Precondition;
import io.millrace.edge.element.ElementRows;
import io.millrace.edge.layer.LayerRows;
import io.millrace.edge.page.PageCursor;
import io.millrace.edge.page.Selection;
import io.millrace.edge.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posters in MySQL, as JSON with artifact references still in it. The picture of a poster that was drawn anew is that of the newest task
 * which did so, once it has completed. Every call fails with a 503 problem while the database is down.
 */
@Component
final class PosterRows {
    private static final String SELECT = "SELECT p.*, t.status AS render_status,"
            + " IF(t.status = 'completed', JSON_UNQUOTE(JSON_EXTRACT(t.result, '$.preview')), NULL) AS rendered"
            + " FROM posters p LEFT JOIN tasks t ON t.id = p.render_task_id AND t.deleted_at IS NULL"
            + " WHERE p.deleted_at IS NULL";
    private static final String INSERT =
            "INSERT INTO posters (title, description, width, height, background, preview_url, source_url, metadata,"
                    + " updated_at, created_at, task_id, user_id, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "UPDATE posters SET title = ?, description = ?, width = ?, height = ?, background = ?, preview_url = ?,"
                    + " source_url = ?, metadata = ?, updated_at = ?, version = version + 1 WHERE id = ?";
    private static final String KEEP_PICTURE = "UPDATE posters SET preview_url = ? WHERE id = ? AND render_task_id = ?";
    private static final String LAYERS = """
        SELECT l.id, l.user_id, l.name, l.type, p.`order`, l.opacity, l.blend_mode, l.locked, l.visible, l.version,
               l.created_at, l.updated_at
        FROM poster_layers p JOIN layers l ON l.id = p.layer_id AND l.user_id = ? AND l.deleted_at IS NULL
        WHERE p.poster_id = ? ORDER BY p.`order`, l.id LIMIT 1000\
        """;
    private static final String ELEMENTS = """
        SELECT e.* FROM poster_layers p JOIN layers l ON l.id = p.layer_id AND l.user_id = ? AND l.deleted_at IS NULL
        JOIN elements e ON e.layer_id = p.layer_id AND e.user_id = l.user_id AND e.deleted_at IS NULL
        WHERE p.poster_id = ? ORDER BY e.layer_id, e.`order`, e.id LIMIT 10000\
        """;
    /** Layers that stand in no other poster of their owner. */
    private static final String ONLY_HERE = """
        IN (SELECT layer_id FROM poster_layers WHERE poster_id = ? AND layer_id NOT IN (
            SELECT q.layer_id FROM poster_layers q JOIN posters o ON o.id = q.poster_id
            WHERE o.user_id = ? AND o.id <> ? AND o.deleted_at IS NULL))\
        """;

    /** Marks, inside this class, a picture that the poster's row does not have yet. */
    private static final String NEW_PICTURE = "new_picture";

    private final Database database;
    private final Clock clock;

    PosterRows(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Which posters a list shows; null: any. Times are milliseconds since 1970. */
    record Filter(
            @Nullable String userId,
            @Nullable String taskId,
            @Nullable String designId,
            @Nullable String text,
            @Nullable Long createdAfter,
            @Nullable Long createdBefore) {}

    Mono<List<ObjectNode>> page(Filter filter, @Nullable PageCursor below, int limit) {
        return database.call(sql -> new Selection(SELECT)
                .and("p.user_id = ?", filter.userId())
                .and("p.task_id = ?", filter.taskId())
                .and("p.design_id = ?", filter.designId())
                .andHolds("CONCAT_WS(' ', p.title, p.description)", filter.text())
                .andTime("p.created_at >= ?", filter.createdAfter())
                .andTime("p.created_at < ?", filter.createdBefore())
                .page(sql, "p.created_at", "p.id", below, limit, (row, number) -> plain(poster(row))));
    }

    /** The poster alone; empty when there is none. A new picture outlives its task: the poster takes it over when it is first seen. */
    Mono<ObjectNode> find(String id) {
        return database.call(sql -> {
                    Optional<ObjectNode> found = read(sql, id);
                    found.filter(poster -> poster.remove(NEW_PICTURE) != null)
                            .ifPresent(poster -> sql.sql(KEEP_PICTURE)
                                    .params(poster.path("preview_url").asString(), id)
                                    .param(poster.at("/render/task_id").asString())
                                    .update());
                    return found;
                })
                .flatMap(Mono::justOrEmpty);
    }

    /** Adds {@code layers} and {@code elements} to {@code {"poster": ...}}. */
    Mono<ObjectNode> full(ObjectNode poster) {
        return database.call(sql -> {
            String user = poster.path("user_id").asString();
            String id = poster.path("id").asString();
            ObjectNode full = Json.object();
            full.set("poster", poster);
            ArrayNode layers = full.putArray("layers");
            ObjectNode elements = full.putObject("elements");
            for (ObjectNode layer : sql.sql(LAYERS)
                    .params(user, id)
                    .query((row, number) -> LayerRows.layer(row))
                    .list()) {
                layers.add(layer);
                elements.putArray(layer.path("id").asString());
            }
            for (ObjectNode element : sql.sql(ELEMENTS)
                    .params(user, id)
                    .query((row, number) -> ElementRows.element(row))
                    .list()) {
                ((ArrayNode) elements.path(element.path("layer_id").asString())).add(element);
            }
            return full;
        });
    }

    /** Inserts a poster with the layers it consists of, from back to front. @return as it is kept */
    Mono<ObjectNode> create(ObjectNode poster, List<String> layers) {
        return database.transact(sql -> {
            LocalDateTime now = now();
            String id = poster.path("id").asString();
            JdbcClient.StatementSpec insert = bound(sql.sql(INSERT), poster)
                    .param(now)
                    .param(now)
                    .param(poster.path("task_id").asString(null))
                    .param(poster.path("user_id").asString())
                    .param(id);
            insert.update();
            for (int i = 0; i < layers.size(); i++) {
                sql.sql("INSERT IGNORE INTO poster_layers (id, poster_id, layer_id, `order`, created_at)"
                                + " VALUES (?, ?, ?, ?, ?)")
                        .params(id + ":" + layers.get(i), id, layers.get(i), i, now)
                        .update();
            }
            return plain(read(sql, id).orElseThrow());
        });
    }

    /** Writes a poster that must have the version it had when it was read. */
    Mono<ObjectNode> update(String id, Precondition condition, ObjectNode whole) {
        return database.transact(sql -> {
            condition.require(lockedVersion(sql, id), "poster " + id);
            bound(sql.sql(UPDATE), whole).param(now()).param(id).update();
            return plain(read(sql, id).orElseThrow());
        });
    }

    /** Deletes a poster, and the layers and elements that stand in no other one. */
    Mono<ObjectNode> delete(String userId, String id, Precondition condition) {
        return database.transact(sql -> {
            condition.require(lockedVersion(sql, id), "poster " + id);
            for (String part : List.of(
                    "elements SET deleted_at = ?, version = version + 1 WHERE user_id = ? AND layer_id ",
                    "layers" + " SET deleted_at = ?, version = version + 1 WHERE user_id = ? AND id ")) {
                sql.sql("UPDATE " + part + ONLY_HERE + " AND deleted_at IS NULL")
                        .params(now(), userId)
                        .params(id, userId, id)
                        .update();
            }
            sql.sql("UPDATE posters SET deleted_at = ?, version = version + 1 WHERE id = ?")
                    .params(now(), id)
                    .update();
            return Json.object().put("id", id).put("deleted", true);
        });
    }

    /** Notes which task draws the poster anew. */
    Mono<Void> rendering(String id, String taskId) {
        return database.call(sql -> sql.sql("UPDATE posters SET render_task_id = ? WHERE id = ?")
                        .params(taskId, id)
                        .update())
                .then();
    }

    private static long lockedVersion(JdbcClient sql, String id) {
        return sql.sql("SELECT version FROM posters WHERE id = ? AND deleted_at IS NULL FOR UPDATE")
                .params(id)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> Problem.notFound("poster " + id));
    }

    private static JdbcClient.StatementSpec bound(JdbcClient.StatementSpec statement, ObjectNode poster) {
        return statement
                .param(poster.path("title").asString(""))
                .param(poster.path("description").asString(""))
                .param(poster.path("width").asInt())
                .param(poster.path("height").asInt())
                .param(poster.path("background").asString(""))
                .param(poster.path("preview_url").asString(""))
                .param(poster.path("source_url").asString(""))
                .param(poster.path("metadata").toString());
    }

    private static Optional<ObjectNode> read(JdbcClient sql, String id) {
        return sql.sql(SELECT + " AND p.id = ?").params(id).query((row, number) -> poster(row)).list().stream()
                .findFirst();
    }

    private static ObjectNode poster(ResultSet row) throws SQLException {
        ObjectNode json = Json.object();
        for (String name : List.of("id", "task_id", "user_id", "design_id", "title", "description")) {
            json.put(name, row.getString(name));
        }
        json.put("width", row.getInt("width")).put("height", row.getInt("height"));
        json.put("background", row.getString("background"));
        String preview = row.getString("preview_url");
        String rendered = row.getString("rendered");
        json.put("preview_url", rendered == null ? preview : rendered);
        if (rendered != null && !rendered.equals(preview)) {
            json.put(NEW_PICTURE, true);
        }
        json.put("source_url", row.getString("source_url"));
        json.set("metadata", Json.lenient(row.getString("metadata")) instanceof ObjectNode data ? data : Json.object());
        String task = row.getString("render_task_id");
        if (task != null) {
            String status = row.getString("render_status");
            ObjectNode render = json.putObject("render").put("task_id", task);
            if (status != null) {
                render.put("status", status);
            }
        }
        json.put("version", row.getLong("version"));
        for (String name : List.of("created_at", "updated_at")) {
            json.put(
                    name,
                    Json.time(row.getObject(name, LocalDateTime.class)
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli()));
        }
        return json;
    }

    private static ObjectNode plain(ObjectNode poster) {
        poster.remove(NEW_PICTURE);
        return poster;
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
