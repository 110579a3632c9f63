package io.millrace.edge.access;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.RowJson;
import io.millrace.edge.page.PageCursor;
import io.millrace.edge.page.Selection;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Keys in the table {@code api_keys}. Every call fails with a 503 problem while the database is down. */
@Component("apiKeyRows")
final class KeyRows {
    private final Database database;
    private final Clock clock;

    KeyRows(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Whom a key speaks for.
     *
     * @param role {@code user, service} or {@code admin}
     * @param scopes {@code read}, or {@code read write}
     */
    record Holder(String id, String userId, String role, String scopes) {}

    /** The holder of a key that is not revoked; empty when there is none. */
    Mono<Holder> find(String hash) {
        return database.<List<Holder>>call(sql -> sql.sql(
                                "SELECT id, user_id, role, scopes FROM api_keys WHERE key_hash = ? AND revoked_at IS"
                                        + " NULL")
                        .params(hash)
                        .query((row, number) ->
                                new Holder(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                        .list())
                .flatMap(rows -> Mono.justOrEmpty(rows.stream().findFirst()));
    }

    /** Whether there is such a key and it is not revoked. */
    Mono<Boolean> active(String id) {
        return database.call(sql -> sql.sql("SELECT COUNT(*) FROM api_keys WHERE id = ? AND revoked_at IS NULL")
                        .params(id)
                        .query(Integer.class)
                        .single()
                == 1);
    }

    /** Keys, newest first, and one more than the limit when there are; what is secret about them is not in the table. */
    Mono<List<ObjectNode>> page(@Nullable PageCursor below, int limit) {
        return database.call(sql -> new Selection("SELECT id, user_id, role, scopes, name, created_by, created_at,"
                        + " revoked_at FROM api_keys WHERE TRUE")
                .page(sql, "created_at", "id", below, limit, (row, number) -> RowJson.of(row)));
    }

    Mono<Holder> create(Holder holder, String hash, String name, String createdBy) {
        return database.call(sql -> {
            sql.sql("INSERT INTO api_keys (id, key_hash, user_id, role, scopes, name, created_by, created_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(holder.id(), hash, holder.userId(), holder.role())
                    .params(holder.scopes(), name, createdBy, now())
                    .update();
            return holder;
        });
    }

    /** @return whether there was such a key that was not revoked */
    Mono<Boolean> revoke(String id) {
        return database.call(sql -> sql.sql("UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
                        .params(now(), id)
                        .update()
                == 1);
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
