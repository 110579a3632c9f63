package io.millrace.edge.artifact;

import io.millrace.edge.database.Database;
import io.millrace.schemas.artifact.ArtifactRef;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

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

    Mono<Boolean> brought(String userId, ArtifactRef ref) {
        return database.call(sql -> sql.sql("SELECT COUNT(*) FROM uploads WHERE user_id = ? AND artifact = ?")
                        .params(userId, ref.toString())
                        .query(Integer.class)
                        .single())
                .map(count -> count > 0);
    }
}
