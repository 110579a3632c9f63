package io.millrace.edge.audit;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.RowJson;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code audit_log}. Every call fails with a 503 problem while the database is down. */
@Component
final class AuditRows {
    private final Database database;

    AuditRows(Database database) {
        this.database = database;
    }

    /**
     * What is looked for; null: everything.
     *
     * @param text part of action or target
     * @param before only rows with a lower id
     */
    record Search(
            @Nullable String actor,
            @Nullable String text,
            @Nullable Instant since,
            @Nullable Long before) {}

    Mono<Integer> insert(List<AuditEntry> entries) {
        String places = entries.stream().map(entry -> "(?, ?, ?, ?, ?, ?, ?)").collect(Collectors.joining(", "));
        List<Object> values = new ArrayList<>();
        for (AuditEntry entry : entries) {
            values.add(time(entry.at()));
            values.add(entry.actor());
            values.add(entry.credential());
            values.add(entry.action());
            values.add(entry.target());
            values.add(entry.outcome());
            values.add(entry.detail());
        }
        return database.call(
                sql -> sql.sql("INSERT INTO audit_log (at, actor, credential, action, target, outcome, detail) VALUES "
                                + places)
                        .params(values)
                        .update());
    }

    /** Newest first. */
    Mono<List<ObjectNode>> find(Search search, int limit) {
        StringBuilder where = new StringBuilder(" WHERE 1 = 1");
        List<Object> values = new ArrayList<>();
        if (search.actor() != null) {
            where.append(" AND actor = ?");
            values.add(search.actor());
        }
        if (search.text() != null) {
            where.append(" AND (LOCATE(?, action) > 0 OR LOCATE(?, target) > 0)");
            values.add(search.text());
            values.add(search.text());
        }
        if (search.since() != null) {
            where.append(" AND at >= ?");
            values.add(time(search.since()));
        }
        if (search.before() != null) {
            where.append(" AND id < ?");
            values.add(search.before());
        }
        values.add(limit);
        return database.call(
                sql -> sql.sql("SELECT id, at, actor, credential, action, target, outcome, detail FROM audit_log"
                                + where + " ORDER BY id DESC LIMIT ?")
                        .params(values)
                        .query((row, number) -> RowJson.of(row))
                        .list());
    }

    private static LocalDateTime time(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
