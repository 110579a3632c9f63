package io.millrace.edge.archive;

import io.millrace.edge.database.Database;
import io.millrace.schemas.task.TaskStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The tables {@code tasks_archive} and {@code task_history_archive}. Every call fails with a 503 problem while the database is down. */
@Component
public final class Archive {
    private final Database database;

    Archive(Database database) {
        this.database = database;
    }

    /** Moves tasks that ended and have not changed since. What their owner deleted is deleted for good. @return how many, at most the limit */
    public Mono<Long> move(Instant unchangedSince, int limit) {
        LocalDateTime before = LocalDateTime.ofInstant(unchangedSince, ZoneOffset.UTC);
        return database.transact(sql -> {
            List<String> ids = sql.sql("SELECT id FROM tasks WHERE updated_at < :before AND status IN (:ended)"
                            + " ORDER BY updated_at LIMIT :limit FOR UPDATE")
                    .param("before", before)
                    .param("ended", TaskStatus.terminalNames())
                    .param("limit", limit)
                    .query(String.class)
                    .list();
            if (!ids.isEmpty()) {
                update(
                        sql,
                        "REPLACE INTO tasks_archive SELECT * FROM tasks WHERE id IN (:ids) AND deleted_at IS NULL",
                        ids);
                update(
                        sql,
                        "REPLACE INTO task_history_archive SELECT h.* FROM task_history h JOIN tasks t ON t.id = h.task_id"
                                + " WHERE t.id IN (:ids) AND t.deleted_at IS NULL",
                        ids);
                update(sql, "DELETE FROM task_history WHERE task_id IN (:ids)", ids);
                update(sql, "DELETE FROM tasks WHERE id IN (:ids)", ids);
            }
            return (long) ids.size();
        });
    }

    /** Puts a task back among the others, where it stays until the next round. @return whether it was in the archive */
    public Mono<Boolean> bringBack(String taskId) {
        // Most ids that are asked for in vain never were: they cost one look and no lock.
        return holds(taskId)
                .filter(Boolean::booleanValue)
                .flatMap(held -> moveBack(taskId))
                .defaultIfEmpty(false);
    }

    private Mono<Boolean> holds(String taskId) {
        return database.call(sql -> sql.sql("SELECT EXISTS (SELECT 1 FROM tasks_archive WHERE id = ?)")
                .params(taskId)
                .query(Boolean.class)
                .single());
    }

    private Mono<Boolean> moveBack(String taskId) {
        return database.transact(sql -> {
            List<String> ids = sql.sql("SELECT id FROM tasks_archive WHERE id = ? FOR UPDATE")
                    .params(taskId)
                    .query(String.class)
                    .list();
            if (!ids.isEmpty()) {
                // A row that is there already is newer: the task was recovered since.
                update(sql, "INSERT IGNORE INTO tasks SELECT * FROM tasks_archive WHERE id IN (:ids)", ids);
                update(
                        sql,
                        "INSERT IGNORE INTO task_history SELECT * FROM task_history_archive WHERE task_id IN (:ids)",
                        ids);
                update(sql, "DELETE FROM task_history_archive WHERE task_id IN (:ids)", ids);
                update(sql, "DELETE FROM tasks_archive WHERE id IN (:ids)", ids);
            }
            return !ids.isEmpty();
        });
    }

    private static void update(JdbcClient sql, String statement, List<String> ids) {
        sql.sql(statement).param("ids", ids).update();
    }
}
