package io.millrace.edge.cover;

import io.millrace.edge.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Covers in MySQL: {@code cover_images} as the read model has them, {@code cover_uploads} before them. Fails with 503 while it is down. */
@Component
final class CoverStore {
    private final Database database;
    private final Clock clock;

    CoverStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Those that are there, by roadmap: of each the one its owner has.
     *
     * @param owners of the roadmaps, by id
     */
    Mono<Map<String, Cover>> find(Map<String, String> owners) {
        if (owners.isEmpty()) {
            return Mono.just(Map.of());
        }
        List<String> roadmapIds = List.copyOf(owners.keySet());
        String marks = String.join(", ", Collections.nCopies(roadmapIds.size(), "?"));
        return database.call(sql -> {
            Map<String, Cover> covers = new HashMap<>();
            sql
                    .sql("SELECT * FROM cover_images WHERE roadmap_id IN (" + marks + ")")
                    .params(roadmapIds)
                    .query((row, number) -> cover(row))
                    .list()
                    .stream()
                    .filter(cover -> cover.userId().equals(owners.get(cover.roadmapId())))
                    .forEach(cover -> covers.put(cover.roadmapId(), cover));
            sql.sql("SELECT * FROM cover_uploads WHERE roadmap_id IN (" + marks + ")")
                    .params(roadmapIds)
                    .query((row, number) -> uploaded(row))
                    .list()
                    .forEach(cover -> covers.put(cover.roadmapId(), cover));
            return covers;
        });
    }

    Mono<Cover> upload(String roadmapId, String userId, String artifact) {
        return database.call(sql -> {
            sql.sql("INSERT INTO cover_uploads (roadmap_id, user_id, artifact, created_at) VALUES (?, ?, ?, ?)"
                            + " ON DUPLICATE KEY UPDATE artifact = VALUES(artifact), created_at = VALUES(created_at)")
                    .params(roadmapId, userId, artifact, time(clock.millis()))
                    .update();
            return new Cover(roadmapId, userId, "", "uploaded", artifact, "", 0);
        });
    }

    /**
     * Covers of roadmaps that are there, that failed fewer than so many times and have rested, the longest rested first; the rest doubles
     * with each try.
     */
    Mono<List<Cover>> toRetry(int maxAttempts, long restSeconds, int limit) {
        return database.call(sql -> sql.sql("SELECT c.* FROM cover_images c"
                        + " JOIN tasks t ON t.id = c.roadmap_id AND t.user_id = c.user_id"
                        + " LEFT JOIN cover_uploads u ON u.roadmap_id = c.roadmap_id"
                        + " WHERE c.status = 'failed' AND u.roadmap_id IS NULL AND t.deleted_at IS NULL AND c.attempt < ?"
                        + " AND TIMESTAMPADD(SECOND, ? * POW(2, c.attempt), c.updated_at) < ?"
                        + " ORDER BY c.updated_at LIMIT ?")
                .params(maxAttempts, restSeconds, time(clock.millis()), limit)
                .query((row, number) -> cover(row))
                .list());
    }

    private static Cover cover(ResultSet row) throws SQLException {
        return new Cover(
                row.getString("roadmap_id"),
                row.getString("user_id"),
                text(row, "task_id"),
                row.getString("status"),
                text(row, "url"),
                text(row, "error"),
                row.getInt("attempt"));
    }

    private static Cover uploaded(ResultSet row) throws SQLException {
        return new Cover(
                row.getString("roadmap_id"),
                row.getString("user_id"),
                "",
                "uploaded",
                row.getString("artifact"),
                "",
                0);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static LocalDateTime time(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
