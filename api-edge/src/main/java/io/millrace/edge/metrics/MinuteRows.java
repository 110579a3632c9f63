package io.millrace.edge.metrics;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.RowJson;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The minutes, read by their index. */
@Component
final class MinuteRows implements MinuteStore {
    /** A day of minutes of twenty types. */
    private static final int MAX_ROWS = 28_800;

    private static final String SINCE =
            "SELECT minute_at, type, submitted, started, completed, partial_failure, failed, cancelled, recovered,"
                    + " queue_p50_ms, queue_p90_ms, queue_p99_ms, run_p50_ms, run_p90_ms, run_p99_ms, failures,"
                    + " inference_ms, batches FROM task_metrics_minute WHERE minute_at >= ? ORDER BY minute_at, type"
                    + " LIMIT " + MAX_ROWS;

    private final Database database;

    MinuteRows(Database database) {
        this.database = database;
    }

    @Override
    public Mono<List<ObjectNode>> since(Instant from) {
        return database.call(sql -> sql.sql(SINCE)
                .params(LocalDateTime.ofInstant(from, ZoneOffset.UTC))
                .query((row, number) -> RowJson.of(row))
                .list());
    }
}
