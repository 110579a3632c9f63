package io.millrace.edge.layer;

import io.millrace.edge.Json;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.database.Database;
import io.millrace.edge.edit.Change;
import io.millrace.edge.edit.Precondition;
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
import tools.jackson.databind.node.ObjectNode;

/** Layers in MySQL, each under its owner and id. Every call fails with a 503 problem while the database is down. */
@Component
public final class LayerRows {
    private static final String INSERT =
            "INSERT IGNORE INTO layers (id, user_id, name, type, `order`, opacity, blend_mode,"
                    + " locked, visible, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String REVIVE =
            "UPDATE layers SET name = ?, type = ?, `order` = ?, opacity = ?, blend_mode = ?,"
                    + " locked = ?, visible = ?, updated_at = ?, deleted_at = NULL, version = version + 1"
                    + " WHERE user_id = ? AND id = ? AND deleted_at IS NOT NULL";
    private static final String UPDATE =
            "UPDATE layers SET name = ?, type = ?, `order` = ?, opacity = ?, blend_mode = ?,"
                    + " locked = ?, visible = ?, updated_at = ?, version = version + 1 WHERE user_id = ? AND id = ?";
    private static final String LINK = "INSERT INTO poster_layers (id, poster_id, layer_id, `order`, created_at)"
            + " VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE `order` = VALUES(`order`)";

    private final Database database;
    private final LinkSigner links;
    private final Clock clock;

    LayerRows(Database database, LinkSigner links, Clock clock) {
        this.database = database;
        this.links = links;
        this.clock = clock;
    }

    /** Which layers a list shows; null: any. */
    record Filter(
            @Nullable String userId,
            @Nullable String posterId,
            @Nullable String type,
            @Nullable Boolean visible,
            @Nullable String name) {}

    Mono<List<ObjectNode>> page(Filter filter, @Nullable PageCursor below, int limit) {
        return database.call(sql -> new Selection("SELECT l.* FROM layers l WHERE l.deleted_at IS NULL")
                .and("l.user_id = ?", filter.userId())
                .and(
                        "EXISTS (SELECT 1 FROM poster_layers p JOIN posters o ON o.id = p.poster_id AND o.user_id ="
                                + " l.user_id WHERE p.layer_id = l.id AND p.poster_id = ?)",
                        filter.posterId())
                .and("l.type = ?", filter.type())
                .and("l.visible = ?", filter.visible())
                .andHolds("l.name", filter.name())
                .page(sql, "l.created_at", "l.id", below, limit, (row, number) -> layer(row)));
    }

    /** The layers of this id: at most one of a user's; of several users' when the user is null. */
    Mono<List<ObjectNode>> find(@Nullable String userId, String id) {
        return database.call(sql -> new Selection("SELECT l.* FROM layers l WHERE l.deleted_at IS NULL")
                .and("l.id = ?", id)
                .and("l.user_id = ?", userId)
                .page(sql, "l.created_at", "l.user_id", null, 2, (row, number) -> layer(row)));
    }

    /** Inserts a layer, and puts it into the poster when one is named; 409 when the user has a layer of this id. */
    Mono<ObjectNode> create(String userId, ObjectNode layer, @Nullable String posterId) {
        return database.transact(sql -> {
            LocalDateTime now = now();
            String id = layer.path("id").asString();
            boolean made = bound(sql, INSERT, List.of(id, userId), layer, List.of(now, now)) == 1
                    || bound(sql, REVIVE, List.of(), layer, List.of(now, userId, id)) == 1;
            if (!made) {
                throw Problem.conflict(
                        "layer " + id + " exists", "Change it with PUT or PATCH, or leave id out to get a new one.");
            }
            if (posterId != null) {
                link(sql, userId, posterId, id, layer.path("order").asInt(0));
            }
            return locked(sql, userId, id).orElseThrow(() -> Problem.notFound("layer " + id));
        });
    }

    private void link(JdbcClient sql, String userId, String posterId, String layerId, int order) {
        Long own = sql.sql("SELECT COUNT(*) FROM posters WHERE id = ? AND user_id = ? AND deleted_at IS NULL")
                .params(posterId, userId)
                .query(Long.class)
                .single();
        if (own == 0) {
            throw Problem.invalid("poster_id", "is no poster of yours", "Send the id of a poster, or leave it out.");
        }
        sql.sql(LINK)
                .params(posterId + ":" + layerId, posterId, layerId)
                .params(order, now())
                .update();
    }

    private static int bound(
            JdbcClient sql, String statement, List<Object> before, ObjectNode layer, List<Object> after) {
        JdbcClient.StatementSpec spec = sql.sql(statement);
        before.forEach(spec::param);
        spec.param(layer.path("name").asString())
                .param(layer.path("type").asString())
                .param(layer.path("order").asInt())
                .param(layer.path("opacity").asDouble())
                .param(layer.path("blend_mode").asString())
                .param(layer.path("locked").asBoolean())
                .param(layer.path("visible").asBoolean());
        after.forEach(spec::param);
        return spec.update();
    }

    /** Lays a change over a layer; its place in the posters that hold it follows its order. */
    Mono<ObjectNode> update(String userId, String id, Precondition condition, Change change) {
        return database.transact(sql -> {
            ObjectNode current = locked(sql, userId, id).orElseThrow(() -> Problem.notFound("layer " + id));
            condition.require(current.path("version").asLong(), "layer " + id);
            ObjectNode whole = change.over(current, LayerBody.EDITABLE, links, LayerBody::checkWhole);
            bound(sql, UPDATE, List.of(), whole, List.of(now(), userId, id));
            if (whole.path("order").asInt() != current.path("order").asInt()) {
                sql.sql("UPDATE poster_layers p JOIN posters o ON o.id = p.poster_id SET p.`order` = ?"
                                + " WHERE p.layer_id = ? AND o.user_id = ?")
                        .params(whole.path("order").asInt(), id, userId)
                        .update();
            }
            return locked(sql, userId, id).orElseThrow(() -> Problem.notFound("layer " + id));
        });
    }

    /** Deletes a layer with its elements. */
    Mono<ObjectNode> delete(String userId, String id, Precondition condition) {
        return database.transact(sql -> {
            ObjectNode current = locked(sql, userId, id).orElseThrow(() -> Problem.notFound("layer " + id));
            condition.require(current.path("version").asLong(), "layer " + id);
            for (String statement : List.of(
                    "UPDATE elements SET deleted_at = ?, version = version + 1"
                            + " WHERE user_id = ? AND layer_id = ? AND deleted_at IS NULL",
                    "UPDATE layers SET deleted_at = ?, version = version + 1 WHERE user_id = ? AND id = ?")) {
                sql.sql(statement).params(now(), userId, id).update();
            }
            return Json.object().put("id", id).put("deleted", true);
        });
    }

    private static Optional<ObjectNode> locked(JdbcClient sql, String userId, String id) {
        return sql
                .sql("SELECT * FROM layers WHERE user_id = ? AND id = ? AND deleted_at IS NULL FOR UPDATE")
                .params(userId, id)
                .query((row, number) -> layer(row))
                .list()
                .stream()
                .findFirst();
    }

    /** A row of {@code layers} as JSON. */
    public static ObjectNode layer(ResultSet row) throws SQLException {
        ObjectNode layer = Json.object()
                .put("id", row.getString("id"))
                .put("user_id", row.getString("user_id"))
                .put("name", row.getString("name"))
                .put("type", row.getString("type"))
                .put("order", row.getInt("order"))
                .put("opacity", row.getDouble("opacity"))
                .put("blend_mode", row.getString("blend_mode"))
                .put("locked", row.getBoolean("locked"))
                .put("visible", row.getBoolean("visible"))
                .put("version", row.getLong("version"));
        for (String name : List.of("created_at", "updated_at")) {
            layer.put(
                    name,
                    Json.time(row.getObject(name, LocalDateTime.class)
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli()));
        }
        return layer;
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
