package io.millrace.edge.worker;

import io.millrace.edge.database.Database;
import io.millrace.edge.problem.Problem;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Design documents in MySQL. */
@Component
final class DesignRows implements DesignStore {
    private static final String COPY_LAYER =
            "INSERT IGNORE INTO layers (id, user_id, name, type, `order`, opacity, blend_mode, locked, visible,"
                    + " created_at, updated_at) SELECT id, ?, name, type, `order`, opacity, blend_mode, locked, visible,"
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
    public Mono<Void> adopt(String workerId, String ownerId, String posterId, List<String> layers) {
        return database.transact(sql -> {
                    List<String> owners = sql.sql("SELECT user_id FROM posters WHERE id = ? AND deleted_at IS NULL")
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
