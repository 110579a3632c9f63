package io.millrace.edge.control;

import io.millrace.edge.database.Database;
import io.millrace.schemas.v1.TaskSnapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Snapshots out of the table {@code tasks}. */
@Component
final class SnapshotRows implements SnapshotStore {
    private static final String FIND = "SELECT * FROM tasks WHERE id = ? AND deleted_at IS NULL";

    private final Database database;

    SnapshotRows(Database database) {
        this.database = database;
    }

    @Override
    public Mono<TaskSnapshot> find(String taskId) {
        return database.<List<TaskSnapshot>>call(sql -> sql.sql(FIND)
                        .params(taskId)
                        .query((row, number) -> SnapshotRow.whole(row))
                        .list())
                .flatMap(rows -> Mono.justOrEmpty(rows.stream().findFirst()));
    }

    @Override
    public Mono<List<Ended>> ended(String userId, List<String> statuses, long beforeMillis, int limit) {
        String marks = String.join(", ", Collections.nCopies(statuses.size(), "?"));
        String statement =
                "SELECT id, version, attempt, step, status, type, workflow_version, project_id, campaign_id, campaign_row, custom_id,"
                        + " parent_task_id, created_at FROM tasks WHERE user_id = ? AND status IN (" + marks
                        + ") AND completed_at < ? AND deleted_at IS NULL ORDER BY completed_at LIMIT ?";
        List<Object> values = new ArrayList<>();
        values.add(userId);
        values.addAll(statuses);
        values.add(LocalDateTime.ofInstant(Instant.ofEpochMilli(beforeMillis), ZoneOffset.UTC));
        values.add(limit);
        return database.call(sql -> sql.sql(statement)
                .params(values)
                .query((row, number) -> ended(row))
                .list());
    }

    private static Ended ended(ResultSet row) throws SQLException {
        return new Ended(row.getString("id"), SnapshotRow.head(row).build());
    }
}
