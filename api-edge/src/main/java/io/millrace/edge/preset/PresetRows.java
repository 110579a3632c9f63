package io.millrace.edge.preset;

import io.millrace.edge.Json;
import io.millrace.edge.database.Database;
import io.millrace.edge.page.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Presets in the table {@code presets}. Each write is one statement, so that two writers cannot both believe they were first. */
@Component
final class PresetRows implements PresetStore {
    private static final String FIND = "SELECT * FROM presets WHERE user_id = ? AND id = ?";
    private static final String INSERT = "INSERT IGNORE INTO presets"
            + " (type, priority, name, input_params, updated_at, created_at, version, user_id, id)"
            + " VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)";
    private static final String UPDATE = "UPDATE presets SET type = ?, priority = ?, name = ?, input_params = ?,"
            + " updated_at = ?, version = version + 1 WHERE user_id = ? AND id = ?";

    private final Database database;
    private final Clock clock;

    PresetRows(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Mono<Preset> find(String userId, String id) {
        return database.<List<Preset>>call(sql -> rows(sql, userId, id))
                .flatMap(rows -> Mono.justOrEmpty(rows.stream().findFirst()));
    }

    @Override
    public Mono<Preset> save(String userId, Preset preset, @Nullable Long expected) {
        return database.<List<Preset>>call(sql -> {
                    boolean written = write(sql, userId, preset, expected);
                    return written ? rows(sql, userId, preset.id()) : List.of();
                })
                .flatMap(rows -> Mono.justOrEmpty(rows.stream().findFirst()));
    }

    private boolean write(JdbcClient sql, String userId, Preset preset, @Nullable Long expected) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        String params = preset.inputParams().toString();
        boolean mayBeNew = expected == null || expected == 0;
        if (mayBeNew
                && sql.sql(INSERT)
                                .params(preset.type())
                                .param(preset.priority())
                                .params(preset.name(), params)
                                .params(now, now, userId, preset.id())
                                .update()
                        == 1) {
            return true;
        }
        if (expected != null && expected == 0) {
            return false;
        }
        JdbcClient.StatementSpec update = sql.sql(expected == null ? UPDATE : UPDATE + " AND version = ?")
                .params(preset.type())
                .param(preset.priority())
                .params(preset.name(), params)
                .params(now, userId, preset.id());
        return (expected == null ? update : update.params(expected)).update() == 1;
    }

    @Override
    public Mono<List<Preset>> page(
            String userId, @Nullable String type, @Nullable String text, @Nullable String after, int limit) {
        return database.call(sql -> new Selection("SELECT * FROM presets WHERE user_id = ?", userId)
                .and("type = ?", type)
                .andHolds("CONCAT_WS(' ', id, name)", text)
                .and("id > ?", after)
                .lowest(sql, limit, (row, number) -> preset(row)));
    }

    @Override
    public Mono<Long> delete(String userId, String id, @Nullable Long expected) {
        return database.transact(sql -> {
            long version = rows(sql, userId, id).stream()
                    .mapToLong(Preset::version)
                    .findFirst()
                    .orElse(0);
            if (version == 0 || expected != null && expected != version) {
                return version == 0 ? 0L : -1L;
            }
            int gone = sql.sql("DELETE FROM presets WHERE user_id = ? AND id = ? AND version = ?")
                    .params(userId, id, version)
                    .update();
            return gone == 1 ? version : -1L;
        });
    }

    private static List<Preset> rows(JdbcClient sql, String userId, String id) {
        return sql.sql(FIND)
                .params(userId, id)
                .query((row, number) -> preset(row))
                .list();
    }

    private static Preset preset(ResultSet row) throws SQLException {
        int priority = row.getInt("priority");
        boolean any = !row.wasNull();
        String name = row.getString("name");
        ObjectNode params =
                Json.lenient(row.getString("input_params")) instanceof ObjectNode object ? object : Json.object();
        return new Preset(
                row.getString("id"),
                row.getLong("version"),
                row.getString("type"),
                any ? priority : null,
                name == null ? "" : name,
                params,
                row.getObject("updated_at", LocalDateTime.class)
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli());
    }
}
