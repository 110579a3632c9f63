package io.millrace.edge.journal;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.RowJson;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The journal in MySQL. */
@Component
final class JournalRows implements JournalStore {
    private static final String SNAPSHOT =
            "SELECT version, event_type, status, phase, progress, state, created_at FROM task_state_snapshots WHERE task_id = ?";

    private final Database database;

    JournalRows(Database database) {
        this.database = database;
    }

    @Override
    public Mono<ObjectNode> snapshot(String taskId, long version) {
        Mono<List<ObjectNode>> rows = version == 0
                ? rows(SNAPSHOT + " ORDER BY version DESC LIMIT 1", taskId)
                : rows(SNAPSHOT + " AND version = ?", taskId, version);
        return rows.flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }

    @Override
    public Mono<List<ObjectNode>> checkpoints(String taskId) {
        return rows("SELECT * FROM task_checkpoints WHERE task_id = ? ORDER BY version DESC LIMIT 10", taskId);
    }

    @Override
    public Mono<List<ObjectNode>> logs(String taskId, long afterVersion, int limit) {
        return rows(
                "SELECT * FROM task_logs WHERE task_id = ? AND version > ? ORDER BY version LIMIT ?",
                taskId,
                afterVersion,
                limit);
    }

    private Mono<List<ObjectNode>> rows(String statement, Object... values) {
        return database.call(sql -> sql.sql(statement)
                .params(values)
                .query((row, number) -> RowJson.of(row))
                .list());
    }
}
