package io.millrace.bench;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.room.StackSetup;
import io.millrace.readmodel.row.Table;
import io.millrace.schemas.table.Migrations;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Tasks a second that the read model alone takes from the topic into the tables: first a backlog as fast as it can, then 2,000 tasks a
 * second (500 posters) for half a minute and how far it falls behind. A broker, a database and the job, each a process; nothing else.
 *
 * <p>Arguments, all optional: tasks of the backlog, {@code posters} for tasks with all that a poster leaves behind, {@code
 * --OPTION=VALUE} of the job.
 */
public final class ReadModelRate {
    private static final int BACKLOG = 60_000;
    private static final int OUTSTANDING = 1_024;
    private static final int RATE = 2_000;
    private static final int POSTER_RATE = 500;
    private static final int SECONDS = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Between two looks at the tables, which cost the database more the fuller they are. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final StackSetup setup;
    private final Path home;

    private ReadModelRate(LocalStack stack, Path home) {
        this.setup = stack.setup();
        this.home = home;
    }

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        List<String> options = Arrays.stream(args)
                .filter(argument -> argument.startsWith("--"))
                .toList();
        List<String> words = new ArrayList<>(Arrays.asList(args));
        words.removeAll(options);
        boolean posters = words.remove("posters");
        int backlog = words.isEmpty() ? BACKLOG : Integer.parseInt(words.remove(0));
        if (!words.isEmpty()) {
            System.err.println("usage: bench/run ReadModelRate [TASKS] [posters] [--OPTION=VALUE of the job...]");
            System.exit(2);
            return;
        }
        Path home = TemporaryStack.home();
        try (TemporaryStack temporary =
                TemporaryStack.start(home, StackOptions.standard().only(Room.BROKER, Room.DATABASE))) {
            LocalStack stack = temporary.stack();
            stack.awaitReady(Duration.ofSeconds(120));
            new ReadModelRate(stack, home).run(stack.pid(Room.DATABASE), backlog, posters, options);
        }
    }

    private void run(long database, int backlog, boolean posters, List<String> options)
            throws IOException, InterruptedException, SQLException {
        migrate();
        TaskLoad load = new TaskLoad(OUTSTANDING, posters ? new InstantPoster() : null);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            load.round(backlog * TaskLoad.EVENTS, producer::send);
            producer.flush();
            List<String> arguments = new ArrayList<>(options);
            arguments.add("--checkpoint-dir=" + home.resolve("checkpoints").toUri());
            try (JobProcess job = JobProcess.start(
                    setup,
                    List.of("-Xmx768m"),
                    "io.millrace.readmodel.ReadModelJob",
                    arguments.toArray(String[]::new))) {
                catchUp(job, database, backlog);
                sustain(load, producer, posters ? POSTER_RATE : RATE, backlog);
            }
        }
    }

    private void catchUp(JobProcess job, long database, int backlog) throws IOException, SQLException {
        // The first tenth warms up.
        await(backlog / 10);
        long first = count();
        long begin = System.nanoTime();
        double cpuJob = job.cpuSeconds();
        double cpuDatabase = JobProcess.cpuSeconds(database);
        await(backlog - OUTSTANDING);
        long tasks = count() - first;
        double seconds = (System.nanoTime() - begin) / 1e9;
        double rows = 0;
        for (Table table : Table.values()) {
            rows += query("SELECT COUNT(*) FROM " + table.sqlName());
        }
        rows /= query("SELECT COUNT(*) FROM tasks");
        System.out.printf(
                "backlog: %d tasks of %d events in %.1f s: %.0f tasks/s, %.0f events/s; %.2f rows a task; "
                        + "CPU us a task: job %.0f, database %.0f%n",
                tasks,
                TaskLoad.EVENTS,
                seconds,
                tasks / seconds,
                TaskLoad.EVENTS * tasks / seconds,
                rows,
                (job.cpuSeconds() - cpuJob) / tasks * 1e6,
                (JobProcess.cpuSeconds(database) - cpuDatabase) / tasks * 1e6);
    }

    private void sustain(TaskLoad load, KafkaProducer<byte[], byte[]> producer, int rate, long before)
            throws SQLException {
        long worst = 0;
        long begin = System.nanoTime();
        long sent = 0;
        for (int tenth = 1; tenth <= SECONDS * 10; tenth++) {
            load.round(rate * TaskLoad.EVENTS / 10, producer::send);
            sent += rate / 10;
            LockSupport.parkNanos(Math.max(0, begin + tenth * 100_000_000L - System.nanoTime()));
            if (tenth % 20 == 0) {
                worst = Math.max(worst, before + sent - OUTSTANDING - count());
            }
        }
        producer.flush();
        double seconds = (System.nanoTime() - begin) / 1e9;
        long end = System.nanoTime();
        await(before + sent - OUTSTANDING);
        System.out.printf(
                "sustained: %.0f tasks/s for %.0f s; at most %d tasks behind, caught up %.1f s after the last%n",
                sent / seconds, seconds, Math.max(0, worst), (System.nanoTime() - end) / 1e9);
    }

    private void await(long tasks) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (count() < tasks) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + count() + " of " + tasks + " tasks after " + PATIENCE
                        + "; see the log of the job in " + home);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Tasks that have ended. Each of them wrote the row of its history before. */
    private long count() throws SQLException {
        return query("SELECT COUNT(*) FROM tasks WHERE user_id LIKE 'tenant-%' AND status = 'completed'");
    }

    private long query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> settings =
                setup.kafka().client(Map.of("linger.ms", 20, "batch.size", 256 << 10, "compression.type", "lz4"));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void migrate() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : Migrations.statements()) {
                statement.execute(each);
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                setup.databaseUrl(), setup.databaseUser(), setup.secrets().database());
    }
}
