package io.millrace.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.fixture.EventFeed;
import io.millrace.readmodel.fixture.FeedSource;
import io.millrace.readmodel.fixture.History;
import io.millrace.readmodel.fixture.Maria;
import io.millrace.readmodel.fixture.RejectedInMemory;
import io.millrace.readmodel.fixture.TaskTables;
import io.millrace.readmodel.sink.FlushSettings;
import io.millrace.readmodel.sink.Rejection;
import io.millrace.schemas.config.KafkaAccess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job on Flink's mini cluster and a real MariaDB, with the topic in memory. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ReadModelIT {
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static Maria maria;

    private final List<JobClient> jobs = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void startDatabase() {
        maria = Maria.shared();
    }

    @AfterEach
    void stopJobs() {
        jobs.forEach(job -> job.cancel()
                .orTimeout(120, TimeUnit.SECONDS)
                .exceptionally(ended -> null)
                .join());
    }

    @Test
    void eventsBecomeRowsAndAReplayChangesNone() throws Exception {
        List<ReceivedEvent> events = History.mixed(new Random(21), 400);
        int kept = History.kept(events).size();
        try (Connection connection = create("replayed")) {
            EventFeed feed = EventFeed.open("rows");
            feed.add(events);
            JobClient job = start("replayed", "rows", null);
            await().atMost(PATIENCE).untilAtomic(feed.read, greaterThanOrEqualTo(1));
            long begin = System.nanoTime();
            awaitSnapshots(connection, kept);
            print("first run", connection, events.size(), System.nanoTime() - begin);
            assertThat(TaskTables.count(connection, "SELECT COUNT(*) FROM tasks"))
                    .isEqualTo(400);
            job.cancel().get(120, TimeUnit.SECONDS);
            jobs.remove(job);
            TreeSet<String> before = TaskTables.dump(connection);

            EventFeed.open("rows again").add(events);
            EventFeed replayed = EventFeed.open("rows again");
            start("replayed", "rows again", null);
            await().atMost(PATIENCE).untilAtomic(replayed.read, greaterThanOrEqualTo(1));
            long again = System.nanoTime();
            // One more event that is only stored after all before it were.
            List<ReceivedEvent> last = History.of(new Random(99)).subList(0, 1);
            replayed.add(last);
            awaitSnapshots(connection, kept + 1);
            print("replay", connection, events.size(), System.nanoTime() - again);
            String marker =
                    "task_id = '" + new String(last.get(0).key(), java.nio.charset.StandardCharsets.UTF_8) + "'";
            try (var statement = connection.createStatement()) {
                statement.execute("DELETE FROM task_history WHERE " + marker);
                statement.execute("DELETE FROM tasks WHERE " + marker.replace("task_id", "id"));
            }
            TaskTables.assertSame(TaskTables.dump(connection), before);
        }
    }

    @Test
    void databaseThatIsDownDelaysRowsAndLosesNoneWithoutARestart() throws Exception {
        List<ReceivedEvent> events = History.kept(History.mixed(new Random(22), 600));
        create("outage").close();
        EventFeed feed = EventFeed.open("outage");
        JobClient job = start("outage", "outage", null);
        feed.add(events.subList(0, 1_000));
        await().atMost(PATIENCE).until(() -> feed.read.get() >= 500);

        maria.stop();
        feed.add(events.subList(1_000, events.size()));
        long checkpoints = feed.checkpoints.get();
        await().pollDelay(OUTAGE).atMost(OUTAGE.plus(PATIENCE)).until(() -> feed.checkpointed.get() == events.size());
        long during = feed.checkpoints.get() - checkpoints;
        assertThat(during).as("checkpoints during the outage").isGreaterThan(5);
        maria.start();

        try (Connection connection = maria.connect("outage")) {
            awaitSnapshots(connection, events.size());
            assertThat(TaskTables.count(connection, "SELECT COUNT(*) FROM tasks"))
                    .isEqualTo(History.tasks(events));
        }
        assertThat(feed.starts).hasValue(1);
        assertThat(job.getJobStatus().get(120, TimeUnit.SECONDS)).isEqualTo(JobStatus.RUNNING);
        System.out.printf("outage of %s: %d checkpoints went on, no restart%n", OUTAGE, during);
    }

    @Test
    void fullBufferHoldsTheStreamAndTheJobLives() throws Exception {
        List<ReceivedEvent> events = History.kept(History.mixed(new Random(23), 300));
        maria.createDatabase("full");
        EventFeed feed = EventFeed.open("full");
        feed.add(events);
        JobClient job =
                start("full", "full", null, new FlushSettings(50, 1 << 20, Duration.ofMillis(20), 200, 1 << 20));

        await().atMost(PATIENCE).untilAtomic(feed.read, greaterThanOrEqualTo(200));
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).untilAtomic(feed.read, lessThan(events.size() / 2));
        // The edge migrates when it starts, and that may be later than the job.
        try (Connection connection = maria.connect("full")) {
            TaskTables.create(connection);
            awaitSnapshots(connection, events.size());
        }
        assertThat(feed.starts).hasValue(1);
        assertThat(job.getJobStatus().get(120, TimeUnit.SECONDS)).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void whatTheDatabaseRefusesIsRejectedAloneWithItsReason() throws Exception {
        List<ReceivedEvent> events = new ArrayList<>(History.kept(History.mixed(new Random(24), 100)));
        ReceivedEvent tooDeep = changed(events.get(40), "input_params");
        events.addAll(History.completed(new Random(26)));
        int end = events.stream().map(ReceivedEvent::type).toList().lastIndexOf("io.millrace.task.completed");
        ObjectNode badDocument = History.data(events.get(end));
        badDocument.withObject("/result/poster").putObject("metadata").set("deep", deep());
        events.set(40, tooDeep);
        events.set(end, History.with(events.get(end), badDocument));
        events.add(60, new ReceivedEvent("io.millrace.task.started", new byte[] {'k'}, new byte[] {'{'}, 5, 77));
        RejectedInMemory.ALL.clear();
        try (Connection connection = create("refused")) {
            EventFeed.open("refused").add(events);
            start("refused", "refused", null);
            awaitSnapshots(connection, events.size() - 3);
            await().atMost(PATIENCE).until(() -> RejectedInMemory.ALL.size() >= 3);
        }
        assertThat(RejectedInMemory.ALL)
                .extracting(Rejection::reason)
                .hasSize(3)
                .anySatisfy(reason -> assertThat(reason).startsWith("the database refuses it"))
                .anySatisfy(reason -> assertThat(reason).startsWith("the value is no JSON"));
        assertThat(RejectedInMemory.ALL).extracting(r -> r.event().offset()).contains(77L);
    }

    @Test
    void pendingEventsSurviveAStopWithASavepoint() throws Exception {
        List<ReceivedEvent> events = History.kept(History.mixed(new Random(25), 100));
        maria.createDatabase("savepoint");
        EventFeed feed = EventFeed.open("savepoint");
        feed.add(events);
        JobClient job = start("savepoint", "savepoint", null);
        await().atMost(PATIENCE).until(() -> feed.read.get() == events.size());
        String savepoint = job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(120, TimeUnit.SECONDS);
        jobs.remove(job);

        try (Connection connection = maria.connect("savepoint")) {
            TaskTables.create(connection);
            start("savepoint", "savepoint", savepoint);
            awaitSnapshots(connection, events.size());
        }
    }

    private JobClient start(String database, String feed, @Nullable String savepoint) throws Exception {
        return start(
                database, feed, savepoint, new FlushSettings(500, 2 << 20, Duration.ofMillis(50), 20_000, 32 << 20));
    }

    private JobClient start(String database, String feed, @Nullable String savepoint, FlushSettings flush)
            throws Exception {
        Configuration cluster = new Configuration();
        cluster.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        cluster.set(RestOptions.BIND_PORT, "0");
        if (savepoint != null) {
            cluster.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, cluster);
        ReadModelConfig config = new ReadModelConfig(
                new KafkaAccess("unused", Map.of()),
                maria.settings(database),
                flush,
                new ReadModelConfig.CheckpointSettings(
                        Duration.ofMillis(500),
                        Duration.ofMinutes(5),
                        folder.resolve("checkpoints").toUri().toString()),
                1);
        ReadModelJob.configure(env, config);
        ReadModelJob.connect(env.addSource(new FeedSource(feed)).uid("feed"), config, RejectedInMemory::new);
        JobClient job = env.executeAsync(feed);
        jobs.add(job);
        return job;
    }

    private static Connection create(String database) throws SQLException {
        maria.createDatabase(database);
        Connection connection = maria.connect(database);
        TaskTables.create(connection);
        return connection;
    }

    private static void awaitSnapshots(Connection connection, long expected) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(TaskTables.count(connection, "SELECT COUNT(*) FROM task_state_snapshots"))
                                .isEqualTo(expected));
    }

    private static void print(String what, Connection connection, int events, long nanos) throws SQLException {
        long rows = 0;
        for (io.millrace.readmodel.row.Table table : io.millrace.readmodel.row.Table.values()) {
            rows += TaskTables.count(connection, "SELECT COUNT(*) FROM " + table.sqlName());
        }
        double seconds = nanos / 1e9;
        System.out.printf(
                "%s: %d events, %d rows in %.1f s: %.0f events/s, %.0f rows/s%n",
                what, events, rows, seconds, events / seconds, rows / seconds);
    }

    private static ReceivedEvent changed(ReceivedEvent event, String field) {
        ObjectNode data = History.data(event);
        data.set(field, deep());
        return History.with(event, data);
    }

    /** Deeper than the server reads JSON. */
    private static ObjectNode deep() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        ObjectNode node = root;
        for (int i = 0; i < 120; i++) {
            node = node.putObject("a");
        }
        return root;
    }
}
