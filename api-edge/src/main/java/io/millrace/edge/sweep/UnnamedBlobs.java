package io.millrace.edge.sweep;

import io.millrace.edge.database.Database;
import io.millrace.schemas.artifact.ArtifactRef;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Since when each blob has been found without a name, round after round. A single round may be wrong, while the tables are rebuilt from
 * the log or as a row moves between two of them; one that finds a name ends the time of the blob.
 */
@Component
final class UnnamedBlobs {
    private static final int BATCH = 500;

    private final Database database;

    UnnamedBlobs(Database database) {
        this.database = database;
    }

    /** What the rounds before have found. */
    Mono<Map<ArtifactRef, Instant>> known() {
        return database.call(sql -> {
            Map<ArtifactRef, Instant> known = new HashMap<>();
            sql.sql("SELECT artifact, since FROM unnamed_blobs").query(row -> {
                known.put(
                        new ArtifactRef(row.getString("artifact")),
                        row.getObject("since", LocalDateTime.class).toInstant(ZoneOffset.UTC));
            });
            return known;
        });
    }

    /**
     * Notes what a round has found.
     *
     * @param known what the rounds before had found
     * @param unnamed what this one has found
     */
    Mono<Void> note(Map<ArtifactRef, Instant> known, Set<ArtifactRef> unnamed, Instant now) {
        Mono<Void> ended = batches(known.keySet().stream().filter(ref -> !unnamed.contains(ref)))
                .concatMap(
                        hashes -> database.call(sql -> sql.sql("DELETE FROM unnamed_blobs WHERE artifact IN (:hashes)")
                                .param("hashes", hashes)
                                .update()))
                .then();
        Mono<Void> begun = batches(unnamed.stream().filter(ref -> !known.containsKey(ref)))
                .concatMap(hashes -> database.transact(sql -> {
                    for (String hash : hashes) {
                        sql.sql("INSERT IGNORE INTO unnamed_blobs (artifact, since) VALUES (?, ?)")
                                .params(hash, LocalDateTime.ofInstant(now, ZoneOffset.UTC))
                                .update();
                    }
                    return hashes.size();
                }))
                .then();
        return ended.then(begun);
    }

    private static Flux<List<String>> batches(Stream<ArtifactRef> refs) {
        return Flux.fromIterable(refs.map(ArtifactRef::hash).toList()).buffer(BATCH);
    }
}
