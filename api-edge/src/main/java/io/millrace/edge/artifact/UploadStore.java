package io.millrace.edge.artifact;

import io.millrace.edge.Json;
import io.millrace.edge.database.Database;
import io.millrace.edge.page.PageCursor;
import io.millrace.edge.page.Selection;
import io.millrace.schemas.artifact.ArtifactRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Who brought which blob, in the table {@code uploads}. Fails with a 503 problem while the database is down. */
@Component
final class UploadStore {
    private final Database database;
    private final Clock clock;

    UploadStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Mono<Uploads.Uploaded> remember(String userId, Uploads.Uploaded upload) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        return database.call(sql -> {
            sql.sql("INSERT IGNORE INTO uploads (user_id, artifact, file_name, media_type, size, created_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?)")
                    .params(userId, upload.ref().toString(), upload.fileName(), upload.mediaType())
                    .params(upload.size(), now)
                    .update();
            return upload;
        });
    }

    /** Which uploads a list shows; null: any. Times are milliseconds since 1970. */
    record Filter(
            @Nullable String mediaType,
            @Nullable String fileName,
            @Nullable Long createdAfter,
            @Nullable Long createdBefore) {}

    Mono<List<ObjectNode>> page(@Nullable String userId, Filter filter, @Nullable PageCursor below, int limit) {
        return database.call(sql -> new Selection("SELECT * FROM uploads WHERE size >= 0")
                .and("user_id = ?", userId)
                .and("media_type = ?", filter.mediaType())
                .andHolds("file_name", filter.fileName())
                .andTime("created_at >= ?", filter.createdAfter())
                .andTime("created_at < ?", filter.createdBefore())
                .page(sql, "created_at", "artifact", below, limit, (row, number) -> upload(row)));
    }

    private static ObjectNode upload(ResultSet row) throws SQLException {
        LocalDateTime created = row.getObject("created_at", LocalDateTime.class);
        return Json.object()
                .put("artifact", row.getString("artifact"))
                .put("user_id", row.getString("user_id"))
                .put("file_name", row.getString("file_name"))
                .put("media_type", row.getString("media_type"))
                .put("size", row.getLong("size"))
                .put("created_at", Json.time(created.toInstant(ZoneOffset.UTC).toEpochMilli()));
    }

    Mono<Boolean> brought(String userId, ArtifactRef ref) {
        return database.call(sql -> sql.sql("SELECT COUNT(*) FROM uploads WHERE user_id = ? AND artifact = ?")
                        .params(userId, ref.toString())
                        .query(Integer.class)
                        .single())
                .map(count -> count > 0);
    }
}
