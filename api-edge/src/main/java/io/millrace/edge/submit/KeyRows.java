package io.millrace.edge.submit;

import io.millrace.edge.database.Database;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keys in the table {@code idempotency}. */
@Component
final class KeyRows implements KeyStore {
    private static final String INSERT = "INSERT IGNORE INTO idempotency"
            + " (user_id, client_key, body_hash, task_id, created_at) VALUES (?, ?, ?, ?, ?)";
    private static final String SELECT =
            "SELECT body_hash, task_id FROM idempotency WHERE user_id = ? AND client_key = ?";

    private final Database database;
    private final Clock clock;

    KeyRows(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Mono<Kept> remember(String userId, String key, Entry entry) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        return database.call(sql -> {
            int inserted = sql.sql(INSERT)
                    .params(userId, key, entry.bodyHash(), entry.taskId(), now)
                    .update();
            return sql.sql(SELECT)
                    .params(userId, key)
                    .query((row, number) -> new Kept(new Entry(row.getString(1), row.getString(2)), inserted == 0))
                    .single();
        });
    }
}
