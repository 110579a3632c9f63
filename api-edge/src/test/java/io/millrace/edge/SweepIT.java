package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.Maria;
import io.millrace.edge.sweep.BlobSweep;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.SweepableStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** A blob goes when nothing names it any more, and not before. */
class SweepIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.now();

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static SweepableStore store;
    private static int blobs;

    @BeforeAll
    static void start() throws Exception {
        Maria.shared().createDatabase("edge_sweep");
        edge = new RunningEdge(artifacts, "--test.database=edge_sweep");
        store = edge.bean(SweepableStore.class);
        await().atMost(PATIENCE).until(edge.bean(Database.class)::healthy);
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void empty() throws IOException {
        List.of("tasks", "tasks_archive", "posters", "elements", "uploads")
                .forEach(table -> run("DELETE FROM " + table));
        // Twice, for what only a document named.
        sweep();
        sweep();
    }

    @Test
    void whatARowOrAnotherBlobNamesStays() throws IOException {
        ArtifactRef result = blob(30);
        ArtifactRef archived = blob(30);
        ArtifactRef preview = blob(30);
        ArtifactRef linked = blob(30);
        ArtifactRef nested = blob(30);
        ArtifactRef document = blob("{\"pad\":\"" + "g".repeat(70_000) + "\",\"best\":\"" + nested + "\"}", 30);
        task("tasks", 1, "failed", "[{\"output\":\"" + result + "\"},{\"output\":\"" + document + "\"}]", false);
        task("tasks_archive", 2, "completed", "[\"" + archived + "\"]", false);
        run("INSERT INTO posters (id, task_id, user_id, width, height, preview_url, created_at, updated_at)"
                + " VALUES ('p', 't', 'ann', 1, 1, '" + preview + "', NOW(), NOW())");
        run("INSERT INTO elements (id, user_id, layer_id, type, transform, style, content, created_at, updated_at)"
                + " VALUES ('e', 'ann', 'l', 'image', '{}', '{}', '{\"url\":\"/api/v1/artifacts/" + linked.hash()
                + "?exp=1\"}', NOW(), NOW())");
        ArtifactRef gone = blob(30);
        task("tasks", 3, "completed", "[\"" + gone + "\"]", true);
        ArtifactRef unnamed = blob(8);
        ArtifactRef young = blob(6);

        assertThat(sweep()).isEqualTo(2);

        assertThat(List.of(result, archived, preview, linked, nested, document, young))
                .allMatch(SweepIT::isThere);
        assertThat(List.of(gone, unnamed)).noneMatch(SweepIT::isThere);
        assertThat(sweep()).isZero();
    }

    @Test
    void aSingleRoundThatFindsAllNamesGoneDeletesNothing() throws IOException {
        ArtifactRef result = blob(30);
        task("tasks", 1, "completed", "[\"" + result + "\"]", false);

        run("UPDATE tasks SET deleted_at = NOW()");
        assertThat(round()).isZero();
        timePasses();
        run("UPDATE tasks SET deleted_at = NULL");
        assertThat(round()).isZero();
        run("UPDATE tasks SET deleted_at = NOW()");
        assertThat(round()).isZero();
        assertThat(round()).isZero();
        assertThat(isThere(result)).isTrue();
        timePasses();
        assertThat(round()).isEqualTo(1);
        assertThat(isThere(result)).isFalse();
    }

    @Test
    void whatOnlyADeletedDocumentNamesGoesAGraceLater() throws IOException {
        ArtifactRef nested = blob(30);
        ArtifactRef document = blob("[\"" + nested + "\"]", 30);

        assertThat(sweep()).isEqualTo(1);
        assertThat(isThere(document)).isFalse();
        assertThat(isThere(nested)).isTrue();
        assertThat(sweep()).isEqualTo(1);
        assertThat(isThere(nested)).isFalse();
    }

    @Test
    void whatATaskUnderWayMayHaveMadeStays() throws IOException {
        ArtifactRef before = blob(60);
        ArtifactRef since = blob(30);
        task("tasks", 1, "paused", "[]", false);
        run("UPDATE tasks SET created_at = NOW() - INTERVAL 40 DAY");

        assertThat(sweep()).isEqualTo(1);
        assertThat(isThere(before)).isFalse();
        assertThat(isThere(since)).isTrue();

        run("UPDATE tasks SET status = 'cancelled'");
        assertThat(sweep()).isEqualTo(1);
        assertThat(isThere(since)).isFalse();
    }

    @Test
    void everyRowIsLookedAtHoweverManyThereAre() throws IOException {
        List<ArtifactRef> uploads =
                IntStream.range(0, 450).mapToObj(i -> blobUnchecked(30)).toList();
        for (ArtifactRef upload : uploads) {
            run("INSERT INTO uploads (user_id, artifact, media_type, size, created_at) VALUES ('"
                    + (char) ('a' + upload.hash().charAt(0) % 3) + "', '" + upload + "', 'image/png', 1, NOW())");
        }

        assertThat(sweep()).isZero();
        assertThat(uploads).allMatch(SweepIT::isThere);
    }

    private static void task(String table, int number, String status, String results, boolean deleted) {
        run("INSERT INTO " + table
                + " (id, user_id, type, status, phase, version, phase_results, created_at, updated_at,"
                + " deleted_at) VALUES ('task_" + number + "', 'ann', 'poster', '" + status + "', 'p', 1, '" + results
                + "', NOW(), NOW(), " + (deleted ? "NOW()" : "NULL") + ")");
    }

    private static ArtifactRef blobUnchecked(int daysAgo) {
        try {
            return blob(daysAgo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ArtifactRef blob(int daysAgo) throws IOException {
        return blob("picture " + blobs++, daysAgo);
    }

    private static ArtifactRef blob(String text, int daysAgo) throws IOException {
        ArtifactRef ref = store.put(text.getBytes(StandardCharsets.UTF_8));
        Path file = artifacts
                .resolve(ref.hash().substring(0, 2))
                .resolve(ref.hash().substring(2, 4))
                .resolve(ref.hash());
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(daysAgo))));
        return ref;
    }

    private static boolean isThere(ArtifactRef ref) {
        try {
            return store.size(ref).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A round that finds what has no name, and one after all that time. */
    private static long sweep() {
        round();
        timePasses();
        return round();
    }

    private static long round() {
        return done(edge.bean(BlobSweep.class).round());
    }

    private static void timePasses() {
        run("UPDATE unnamed_blobs SET since = since - INTERVAL 50 DAY");
    }

    private static void run(String statement) {
        done(edge.bean(Database.class).call(sql -> sql.sql(statement).update()));
    }

    private static <T> T done(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(PATIENCE));
    }
}
