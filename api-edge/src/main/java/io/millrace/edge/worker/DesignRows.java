package io.millrace.edge.worker;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.RowJson;
import io.millrace.edge.problem.Problem;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Design documents in MySQL. */
@Component
final class DesignRows implements DesignStore {
    private static final String POSTER =
            "INSERT INTO posters (id, task_id, user_id, title, description, width, height, background,"
                    + " preview_url, source_url, metadata, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String LAYER =
            "INSERT IGNORE INTO layers (id, user_id, name, type, `order`, created_at, updated_at)"
                    + " VALUES (?, ?, ?, 'content', 0, ?, ?)";
    private static final String ELEMENT =
            "INSERT INTO elements (id, user_id, layer_id, type, `order`, transform, style, content,"
                    + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String COPY_LAYER =
            "INSERT IGNORE INTO layers (id, user_id, name, type, `order`, opacity, blend_mode, locked,"
                    + " visible, created_at, updated_at) SELECT id, ?, name, type, `order`, opacity, blend_mode, locked, visible,"
                    + " created_at, updated_at FROM layers WHERE user_id = ? AND id = ?";
    private static final String LINK = "INSERT IGNORE INTO poster_layers (id, poster_id, layer_id, `order`, created_at)"
            + " VALUES (?, ?, ?, ?, ?)";

    private final Database database;
    private final Clock clock;

    DesignRows(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Mono<ObjectNode> createPoster(ObjectNode poster) {
        return database.transact(sql -> {
            LocalDateTime now = now();
            List<Object> values = new ArrayList<>();
            for (String name : List.of("id", "task_id", "user_id", "title", "description")) {
                values.add(poster.path(name).asString(""));
            }
            values.add(poster.path("width").asInt());
            values.add(poster.path("height").asInt());
            for (String name : List.of("background", "preview_url", "source_url")) {
                values.add(poster.path(name).asString(""));
            }
            values.add(poster.path("metadata").toString());
            values.add(now);
            values.add(now);
            sql.sql(POSTER).params(values).update();
            return sql.sql("SELECT * FROM posters WHERE id = ?")
                    .params(poster.path("id").asString())
                    .query((row, number) -> RowJson.of(row))
                    .single();
        });
    }

    @Override
    public Mono<List<ObjectNode>> createElements(String userId, List<ObjectNode> elements) {
        return database.transact(sql -> {
            LocalDateTime now = now();
            Set<String> layers = new LinkedHashSet<>();
            elements.forEach(element -> layers.add(element.path("layer_id").asString()));
            for (String layer : layers) {
                sql.sql(LAYER).params(layer, userId, "Layer " + layer, now, now).update();
            }
            for (int i = 0; i < elements.size(); i++) {
                insert(sql, userId, elements.get(i), i, now);
            }
            return elements;
        });
    }

    private static void insert(JdbcClient sql, String userId, ObjectNode element, int order, LocalDateTime now) {
        sql.sql(ELEMENT)
                .params(
                        element.path("id").asString(),
                        userId,
                        element.path("layer_id").asString())
                .params(element.path("type").asString(), order)
                .params(
                        element.path("transform").toString(),
                        element.path("style").toString())
                .params(element.path("content").toString(), now, now)
                .update();
    }

    @Override
    public Mono<Void> adopt(String workerId, String ownerId, String posterId, List<String> layers) {
        return database.transact(sql -> {
                    List<String> owners = sql.sql("SELECT user_id FROM posters WHERE id = ?")
                            .params(posterId)
                            .query(String.class)
                            .list();
                    if (owners.isEmpty() || !owners.get(0).equals(ownerId)) {
                        throw Problem.invalid(
                                "poster_id",
                                "is no poster of this task's owner",
                                "Send the id that POST /posters gave.");
                    }
                    for (int i = 0; i < layers.size(); i++) {
                        adopt(sql, workerId, ownerId, layers.get(i));
                        sql.sql(LINK)
                                .params(posterId + ":" + layers.get(i), posterId, layers.get(i), i, now())
                                .update();
                    }
                    return layers.size();
                })
                .then();
    }

    private static void adopt(JdbcClient sql, String workerId, String ownerId, String layer) {
        if (workerId.equals(ownerId)) {
            return;
        }
        sql.sql(COPY_LAYER).params(ownerId, workerId, layer).update();
        sql.sql("UPDATE elements SET user_id = ? WHERE user_id = ? AND layer_id = ?")
                .params(ownerId, workerId, layer)
                .update();
        sql.sql("DELETE FROM layers WHERE user_id = ? AND id = ?")
                .params(workerId, layer)
                .update();
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
