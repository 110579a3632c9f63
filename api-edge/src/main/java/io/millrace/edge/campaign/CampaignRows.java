package io.millrace.edge.campaign;

import io.millrace.edge.database.Database;
import io.millrace.edge.live.CampaignView;
import io.millrace.schemas.v1.CampaignStep;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Campaigns in the tables {@code campaigns} and {@code tasks}. */
@Component
final class CampaignRows implements CampaignStore {
    private static final String FAILED =
            " FROM tasks WHERE campaign_id = ? AND status IN ('failed', 'partial_failure') AND deleted_at IS NULL";

    private final Database database;

    CampaignRows(Database database) {
        this.database = database;
    }

    @Override
    public Mono<CampaignView> find(String id) {
        return rows("SELECT * FROM campaigns WHERE id = ?", List.of(id))
                .flatMap(rows -> Mono.justOrEmpty(rows.stream().findFirst()));
    }

    @Override
    public Mono<List<CampaignView>> page(@Nullable String userId, @Nullable String before, int limit) {
        StringBuilder statement = new StringBuilder("SELECT * FROM campaigns WHERE 1 = 1");
        List<Object> values = new ArrayList<>();
        if (userId != null) {
            statement.append(" AND user_id = ?");
            values.add(userId);
        }
        if (before != null) {
            statement.append(" AND id < ?");
            values.add(before);
        }
        values.add(limit);
        return rows(statement.append(" ORDER BY id DESC LIMIT ?").toString(), values);
    }

    @Override
    public Mono<Long> failedCount(String campaignId) {
        return database.call(sql -> sql.sql("SELECT COUNT(*)" + FAILED)
                .params(campaignId)
                .query(Long.class)
                .single());
    }

    @Override
    public Mono<List<String>> failed(String campaignId, String after, int limit) {
        return database.call(sql -> sql.sql("SELECT id" + FAILED + " AND id > ? ORDER BY id LIMIT ?")
                .params(campaignId, after, limit)
                .query(String.class)
                .list());
    }

    private Mono<List<CampaignView>> rows(String statement, List<Object> values) {
        return database.call(sql -> sql.sql(statement)
                .params(values)
                .query((row, number) -> view(row))
                .list());
    }

    private static CampaignView view(ResultSet row) throws SQLException {
        String name = row.getString("name");
        CampaignStep step = CampaignStep.newBuilder()
                .setName(name == null ? "" : name)
                .setType(row.getString("type"))
                .setTotal(row.getInt("total"))
                .setCompleted(row.getInt("completed"))
                .setPartialFailure(row.getInt("partial_failure"))
                .setFailed(row.getInt("failed"))
                .setCancelled(row.getInt("cancelled"))
                .setCreatedAtMs(millis(row, "created_at"))
                .setCompletedAtMs(millis(row, "completed_at"))
                .setVersion(row.getLong("version"))
                .setComputeMs(row.getLong("compute_ms"))
                .build();
        return new CampaignView(row.getString("id"), row.getString("user_id"), step);
    }

    private static long millis(ResultSet row, String column) throws SQLException {
        @Nullable LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? 0 : time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
