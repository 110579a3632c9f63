package io.millrace.bench;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Posters a second through the engine, with inference that answers at once: the orchestrator with both of its sinks, checkpoints each
 * second, tombstones kept; a broker, the inference in its place, the job, and this driver, each a process. Then 20 posters a second
 * on the idle engine, from the command to the terminal step.
 *
 * <p>Arguments: {@code heap} or {@code rocksdb}, then how many tasks to keep under way (256, 1024 and 4096 when not given), then options
 * of the job's JVM.
 */
public final class EngineRate {
    static final Map<String, String> BACKENDS = Map.of("heap", "hashmap", "rocksdb", "rocksdb");
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration LENGTH = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WARM_UP_OUTSTANDING = 256;
    private static final int IDLE_RATE = 20;
    private static final int LANE = 1_000;
    /** Locally the broker has the first compiler only and a small heap; here it is to be one that is worth measuring against. */
    static final String BROKER = "-XX:TieredStopAtLevel=4 -Xmx512m";

    private final LocalStack stack;
    private final StackSetup setup;
    private final HttpClient http = HttpClient.newHttpClient();

    private EngineRate(LocalStack stack) {
        this.stack = stack;
        this.setup = stack.setup();
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        String backend = args.length == 0 ? null : BACKENDS.get(args[0]);
        if (backend == null) {
            System.err.println("usage: bench/run EngineRate heap|rocksdb [OUTSTANDING...] [JVM OPTION...]");
            System.exit(2);
            return;
        }
        List<String> rest = Arrays.asList(args).subList(1, args.length);
        List<String> jvm =
                rest.stream().filter(argument -> argument.startsWith("-")).toList();
        List<Integer> outstanding = rest.stream()
                .filter(argument -> !argument.startsWith("-"))
                .map(Integer::valueOf)
                .toList();
        Path home = TemporaryStack.home();
        StackOptions options = StackOptions.standard()
                .only(Room.BROKER, Room.INFERENCE)
                .with(Room.BROKER, "_JAVA_OPTIONS", BROKER)
                .inference("bench/instant", "io.millrace.bench.instant.InstantInference");
        try (TemporaryStack temporary = TemporaryStack.start(home, options)) {
            LocalStack stack = temporary.stack();
            stack.awaitReady(Duration.ofSeconds(120));
            new EngineRate(stack).run(backend, outstanding.isEmpty() ? List.of(256, 1_024, 4_096) : outstanding, jvm);
        }
    }

    private void run(String backend, List<Integer> outstanding, List<String> jvm)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-Xmx1500m"));
        options.addAll(jvm);
        Path home = setup.home().folder();
        try (JobProcess job = JobProcess.start(
                        setup,
                        options,
                        "io.millrace.orchestrator.OrchestratorJob",
                        "--state-backend=" + backend,
                        "--definitions=" + InstantDefinitions.write(home.resolve("definitions"), LANE),
                        "--checkpoint-dir=" + home.resolve("checkpoints").toUri());
                TaskDriver driver = new TaskDriver(setup.kafka(), 0)) {
            driver.saturate(WARM_UP_OUTSTANDING, WARM_UP);
            driver.drain(PATIENCE);
            System.out.printf(
                    "%s: poster workflow of 8 phases%n%11s %8s %9s %9s %6s  CPU us a task: job, inference, broker, driver%n",
                    backend, "outstanding", "tasks/s", "p50 ms", "p99 ms", "batch");
            for (int number : outstanding) {
                measure(job, driver, number);
            }
            TaskDriver.Seen idle = driver.pace(IDLE_RATE, LENGTH);
            driver.drain(PATIENCE);
            System.out.printf(
                    "idle, %d tasks/s: command to terminal step p50 %.1f ms, p99 %.1f ms%n",
                    IDLE_RATE, idle.millis(0.5), idle.millis(0.99));
            System.out.printf("ended otherwise than completed: %d%n", driver.failed());
        }
    }

    private void measure(JobProcess job, TaskDriver driver, int outstanding) throws IOException, InterruptedException {
        long[] pids = {
            stack.pid(Room.INFERENCE),
            stack.pid(Room.BROKER),
            ProcessHandle.current().pid()
        };
        // The queue fills and the rate settles.
        driver.saturate(outstanding, Duration.ofSeconds(5));
        double[] before = cpu(job, pids);
        double calls = metric("calls");
        double items = metric("items");
        TaskDriver.Seen seen = driver.saturate(outstanding, LENGTH);
        double[] after = cpu(job, pids);
        double batch = (metric("items") - items) / (metric("calls") - calls);
        driver.drain(PATIENCE);
        StringBuilder costs = new StringBuilder();
        for (int i = 0; i < after.length; i++) {
            costs.append(String.format(" %.0f", (after[i] - before[i]) / seen.tasks() * 1e6));
        }
        System.out.printf(
                "%11d %8.0f %9.1f %9.1f %6.1f  %s%n",
                outstanding, seen.rate(), seen.millis(0.5), seen.millis(0.99), batch, costs);
    }

    private static double[] cpu(JobProcess job, long[] pids) throws IOException {
        double[] seconds = new double[pids.length + 1];
        seconds[0] = job.cpuSeconds();
        for (int i = 0; i < pids.length; i++) {
            seconds[i + 1] = JobProcess.cpuSeconds(pids[i]);
        }
        return seconds;
    }

    /** A counter of the inference in place of the models. */
    private double metric(String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + setup.ports().inference() + "/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
        String wanted = "inference_instant_" + name + " ";
        return http.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(wanted))
                .mapToDouble(line -> Double.parseDouble(line.substring(wanted.length())))
                .findFirst()
                .orElseThrow();
    }
}
