package io.millrace.edge.task;

import io.millrace.edge.archive.Archive;
import io.millrace.edge.database.Database;
import io.millrace.edge.live.Milestone;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.page.Selection;
import io.millrace.schemas.artifact.ArtifactRef;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tasks in MySQL. */
@Component
final class TaskRows implements TaskStore {
    private static final String HISTORY = """
        SELECT s.version, s.status, s.phase, s.progress, s.created_at, l.message
        FROM task_state_snapshots s
        LEFT JOIN task_progress_logs l ON l.task_id = s.task_id AND l.version = s.version
        WHERE s.task_id = ? ORDER BY s.version LIMIT 1000\
        """;
    private static final String REFERS = """
        SELECT EXISTS (SELECT 1 FROM tasks WHERE user_id = ? AND result LIKE ?)
            OR EXISTS (SELECT 1 FROM posters WHERE user_id = ?
                       AND (preview_url = ? OR source_url = ? OR background = ?))\
        """;

    private static final String TEXT = "CONCAT_WS(' ', message, JSON_UNQUOTE(JSON_EXTRACT(input_params, '$.prompt')))";

    private final Database database;
    private final Archive archive;

    TaskRows(Database database, Archive archive) {
        this.database = database;
        this.archive = archive;
    }

    /** One in the archive is brought back first, so that all that is asked about it next is there. */
    @Override
    public Mono<TaskView> find(String taskId) {
        return row(taskId)
                .switchIfEmpty(Mono.defer(() -> archive.bringBack(taskId))
                        .filter(Boolean::booleanValue)
                        .flatMap(back -> row(taskId)));
    }

    private Mono<TaskView> row(String taskId) {
        return database.<List<TaskView>>call(sql -> sql.sql(
                                "SELECT " + TaskRow.ALL_COLUMNS + " FROM tasks WHERE id = ? AND deleted_at IS NULL")
                        .params(taskId)
                        .query((row, number) -> TaskRow.whole(row))
                        .list())
                .flatMap(rows -> Mono.justOrEmpty(rows.stream().findFirst()));
    }

    @Override
    public Mono<List<TaskView>> page(@Nullable String userId, TaskFilter filter, @Nullable String before, int limit) {
        return database.call(
                sql -> new Selection("SELECT " + TaskRow.LIST_COLUMNS + " FROM tasks WHERE deleted_at IS NULL")
                        .and("user_id = ?", userId)
                        .and("status = ?", filter.status())
                        .and("type = ?", filter.type())
                        .and("campaign_id = ?", filter.campaignId())
                        .and("parent_task_id = ?", filter.parentId())
                        .and("project_id = ?", filter.projectId())
                        .andTime("created_at >= ?", filter.createdAfter())
                        .andTime("created_at < ?", filter.createdBefore())
                        .andHolds(TEXT, filter.text())
                        .and("id < ?", before)
                        .newest(sql, limit, (row, number) -> TaskRow.listed(row)));
    }

    @Override
    public Mono<List<Milestone>> history(String taskId) {
        return database.call(sql -> sql.sql(HISTORY)
                .params(taskId)
                .query((row, number) -> new Milestone(
                        0,
                        0,
                        row.getLong("version"),
                        row.getString("status"),
                        row.getString("phase"),
                        row.getInt("progress"),
                        row.getString("message") == null ? "" : row.getString("message"),
                        TaskRow.millis(row, "created_at")))
                .list());
    }

    @Override
    public Mono<Boolean> refers(String userId, ArtifactRef ref) {
        String text = ref.toString();
        return database.call(sql -> sql.sql(REFERS)
                        .params(userId, "%\"" + text + "\"%", userId, text, text, text)
                        .query(Integer.class)
                        .single())
                .map(found -> found != 0);
    }
}
