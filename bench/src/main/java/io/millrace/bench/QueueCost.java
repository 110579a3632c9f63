package io.millrace.bench;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a poster costs the job while so many others wait in its lane, each with parameters of 1 KB, and what checkpoints of the
 * waiting cost, each 10 s. Inference answers at once, so what grows with the queue is the queue's.
 *
 * <p>Arguments: {@code heap} or {@code rocksdb}, then how many wait (1000, 10000 and 100000 when not given).
 */
public final class QueueCost {
    private static final int LANE = 1_000;
    private static final int PARAM_BYTES = 1_024;
    private static final Duration WARM_UP = Duration.ofSeconds(45);
    private static final Duration LENGTH = Duration.ofSeconds(25);
    /** Right after so many were queued, and later. */
    private static final int ROWS = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Pattern CHECKPOINT =
            Pattern.compile("Completed checkpoint \\d+ .*\\((\\d+) bytes, checkpointDuration=(\\d+) ms");
    private static final String LOGGING = """
            <Configuration status="WARN">
              <Appenders><Console name="stdout"><PatternLayout pattern="%d %-5p %c{1} %m%n"/></Console></Appenders>
              <Loggers><Root level="INFO"><AppenderRef ref="stdout"/></Root></Loggers>
            </Configuration>
            """;

    private QueueCost() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String backend = args.length == 0 ? null : EngineRate.BACKENDS.get(args[0]);
        if (backend == null) {
            System.err.println("usage: bench/run QueueCost heap|rocksdb [WAITING...]");
            System.exit(2);
            return;
        }
        List<Integer> waiting = args.length > 1
                ? Arrays.stream(args).skip(1).map(Integer::valueOf).toList()
                : List.of(1_000, 10_000, 100_000);
        StackOptions options = StackOptions.standard()
                .only(Room.BROKER, Room.INFERENCE)
                .with(Room.BROKER, "_JAVA_OPTIONS", EngineRate.BROKER)
                .inference("bench/instant", "io.millrace.bench.instant.InstantInference");
        try (TemporaryStack temporary = TemporaryStack.start(TemporaryStack.home(), options)) {
            LocalStack stack = temporary.stack();
            stack.awaitReady(Duration.ofSeconds(120));
            run(stack.setup(), backend, waiting);
        }
    }

    private static void run(StackSetup setup, String backend, List<Integer> waiting)
            throws IOException, InterruptedException {
        Path home = setup.home().folder();
        Path logging = Files.writeString(home.resolve("log4j2.xml"), LOGGING);
        try (JobProcess job = JobProcess.start(
                        setup,
                        List.of("-Xmx1500m", "-Dlog4j2.configurationFile=" + logging),
                        "io.millrace.orchestrator.OrchestratorJob",
                        "--state-backend=" + backend,
                        "--checkpoint-interval=10s",
                        "--definitions=" + InstantDefinitions.write(home.resolve("definitions"), LANE),
                        "--checkpoint-dir=" + home.resolve("checkpoints").toUri());
                TaskDriver driver = new TaskDriver(setup.kafka(), PARAM_BYTES)) {
            driver.saturate(LANE, WARM_UP);
            System.out.printf(
                    "%s: the cost of a poster, and of checkpoints each 10 s%n%10s %12s %9s %16s %14s %14s%n",
                    backend, "waiting", "queued in s", "tasks/s", "job CPU us/task", "checkpoint KB", "duration ms");
            for (int number : waiting) {
                long begun = System.nanoTime();
                // Nearly nothing runs while the queue fills.
                driver.limit("poster", 1);
                driver.fill(number, PATIENCE);
                double filled = (System.nanoTime() - begun) / 1e9;
                driver.limit("poster", LANE);
                driver.saturate(number + LANE, Duration.ofSeconds(5));
                for (int i = 0; i < ROWS; i++) {
                    double before = job.cpuSeconds();
                    TaskDriver.Seen seen = driver.saturate(number + LANE, LENGTH);
                    double cost = (job.cpuSeconds() - before) / seen.tasks() * 1e6;
                    System.out.printf(
                            "%10d %12.0f %9.0f %16.0f %s%n", number, filled, seen.rate(), cost, checkpoint(home));
                }
            }
        }
    }

    /** Of the last one: what it wrote, and how long it took. */
    private static String checkpoint(Path home) throws IOException {
        try (Stream<String> lines = Files.lines(home.resolve("job.log"))) {
            return lines.map(CHECKPOINT::matcher)
                    .filter(Matcher::find)
                    .reduce((earlier, later) -> later)
                    .map(found -> String.format("%14d %14s", Long.parseLong(found.group(1)) / 1_000, found.group(2)))
                    .orElse("none yet");
        }
    }
}
