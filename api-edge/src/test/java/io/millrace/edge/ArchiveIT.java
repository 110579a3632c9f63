package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.archive.Archive;
import io.millrace.edge.chore.Chore;
import io.millrace.edge.chore.Chores;
import io.millrace.edge.chore.Leases;
import io.millrace.edge.database.Database;
import io.millrace.edge.database.Maria;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What ended long ago leaves the lists and is found by its id all the same. */
class ArchiveIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.now();

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;

    @BeforeAll
    static void start() throws Exception {
        Maria.shared().createDatabase("edge_archive");
        edge = new RunningEdge(artifacts, "--test.database=edge_archive");
        await().atMost(PATIENCE).until(edge.bean(Database.class)::healthy);
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void oldTasksThatEndedAreMovedInChunksAndComeBackWhenAskedFor() throws Exception {
        String old = task(1, "completed", 100, false);
        task(2, "failed", 99, false);
        String gone = task(3, "completed", 98, true);
        String waiting = task(4, "paused", 100, false);
        String young = task(5, "completed", 10, false);
        Instant quarter = NOW.minus(Duration.ofDays(90));

        assertThat(done(edge.bean(Archive.class).move(quarter, 2))).isEqualTo(2);
        assertThat(done(edge.bean(Archive.class).move(quarter, 2))).isEqualTo(1);
        assertThat(done(edge.bean(Archive.class).move(quarter, 2))).isZero();

        assertThat(ids("tasks")).containsExactlyInAnyOrder(waiting, young);
        assertThat(ids("tasks_archive")).hasSize(2).contains(old).doesNotContain(gone);
        assertThat(edge.get("ann", "/api/v1/tasks").body()).doesNotContain(old).contains(young);

        JsonNode found = json(edge.get("ann", "/api/v1/tasks/" + old)).path("data");
        assertThat(found.path("status").asString()).isEqualTo("completed");
        assertThat(found.at("/result/n").asInt()).isEqualTo(1);
        assertThat(json(edge.get("ann", "/api/v1/tasks/" + old + "/history")).at("/data/history"))
                .hasSize(1);
        assertThat(ids("tasks_archive")).hasSize(1).doesNotContain(old);
        assertThat(edge.get("ann", "/api/v1/tasks/" + gone).statusCode()).isEqualTo(404);
        assertThat(edge.get("bob", "/api/v1/tasks/" + old).statusCode()).isEqualTo(403);

        assertThat(done(edge.bean(Archive.class).move(quarter, 2)))
                .as("and goes again")
                .isEqualTo(1);
        assertThat(ids("tasks_archive")).hasSize(2);
    }

    @Test
    void aLeaseIsHeldByOneEdgeUntilItsTimeIsOver() {
        Leases mine = edge.bean(Leases.class);

        assertThat(done(mine.take("work", Duration.ofHours(1)))).isTrue();
        assertThat(done(mine.take("work", Duration.ofMillis(-1)))).as("kept").isTrue();
        assertThat(update("UPDATE edge_leases SET holder = 'another' WHERE name = 'work'"))
                .isEqualTo(1);
        assertThat(done(mine.take("work", Duration.ofHours(1))))
                .as("the other's is over")
                .isTrue();
        assertThat(update("UPDATE edge_leases SET holder = 'another' WHERE name = 'work'"))
                .isEqualTo(1);
        assertThat(done(mine.take("work", Duration.ofHours(1))))
                .as("the other has it")
                .isFalse();
    }

    @Test
    void aChoreIsDoneByOneEdgeAndAFailureIsNotItsEnd() {
        Chores chores = edge.bean(Chores.class);

        assertThat(chores.round(chore(Mono.just(3L))).blockOptional(PATIENCE)).contains(3L);
        assertThat(chores.round(chore(Mono.error(new IllegalStateException("no luck"))))
                        .blockOptional(PATIENCE))
                .isEmpty();
        assertThat(chores.round(chore(Mono.just(4L))).blockOptional(PATIENCE)).contains(4L);
        assertThat(chores.round(chore(Mono.never())).blockOptional(PATIENCE))
                .as("broken off")
                .isEmpty();
        update("UPDATE edge_leases SET holder = 'another', until_at = '2999-01-01' WHERE name = 'chore'");
        assertThat(chores.round(chore(Mono.error(new AssertionError("another does it"))))
                        .blockOptional(PATIENCE))
                .isEmpty();
    }

    private static Chore chore(Mono<Long> round) {
        return new Chore() {
            @Override
            public String name() {
                return "chore";
            }

            @Override
            public Duration every() {
                return Duration.ofSeconds(1);
            }

            @Override
            public Mono<Long> round() {
                return round;
            }
        };
    }

    private static String task(int number, String status, int daysAgo, boolean deleted) {
        String id = "task_0197a000-0000-7000-8000-00000000000" + number;
        LocalDateTime then = LocalDateTime.ofInstant(NOW.minus(Duration.ofDays(daysAgo)), ZoneOffset.UTC);
        done(edge.bean(Database.class)
                .call(sql -> sql.sql("INSERT INTO tasks (id, user_id, type, status, phase, version, result, created_at,"
                                + " updated_at, deleted_at) VALUES (?, 'ann', 'poster', ?, 'p', 1, ?, ?, ?, ?)")
                        .params(id, status, "{\"n\":" + number + "}", then, then)
                        .param(deleted ? then : null)
                        .update()));
        done(edge.bean(Database.class)
                .call(sql -> sql.sql("INSERT INTO task_history (task_id, page, entries) VALUES (?, 0, ?)")
                        .params(
                                id,
                                "{\"1\":{\"event_type\":\"completed\",\"status\":\"completed\",\"phase\":\"p\","
                                        + "\"progress\":100,\"time\":1000}}")
                        .update()));
        return id;
    }

    private static List<String> ids(String table) {
        return done(edge.bean(Database.class)
                .call(sql ->
                        sql.sql("SELECT id FROM " + table).query(String.class).list()));
    }

    private static int update(String statement) {
        return done(edge.bean(Database.class).call(sql -> sql.sql(statement).update()));
    }

    private static <T> T done(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(PATIENCE));
    }
}
