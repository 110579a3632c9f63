package io.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JobManager and a TaskManager as processes of their own, with two small jobs. */
class ClusterIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> JOBS = List.of("one", "two");

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void startTaskManager() throws IOException {
        configure();
        start("taskmanager", TaskManagerRunner.class, List.of("--configDir", folder.toString()));
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aKilledJobManagerGoesOnFromTheNewestCheckpointOfEachJob() throws Exception {
        Process first = startJobManager("first");
        await().atMost(PATIENCE)
                .failFast("a process has ended, see target/*.log", this::oneHasEnded)
                .untilAsserted(() -> {
                    for (String job : JOBS) {
                        assertThat(folder.resolve("jobs").resolve(job).resolve("has-run"))
                                .exists();
                        assertThat(numbers("first", job)).contains(100L);
                    }
                });
        first.destroyForcibly().waitFor();
        long one = newest("one");
        long two = newest("two");

        processes.remove(first);
        startJobManager("second");

        await().atMost(PATIENCE)
                .failFast("a process has ended, see target/*.log", this::oneHasEnded)
                .untilAsserted(() -> {
                    for (String job : JOBS) {
                        assertThat(numbers("second", job)).isNotEmpty().first().isNotEqualTo(0L);
                    }
                    assertThat(newest("one")).isGreaterThan(one);
                    assertThat(newest("two")).isGreaterThan(two);
                });
        for (String job : JOBS) {
            assertThat(numbers("second", job).get(0)).isLessThanOrEqualTo(Collections.max(numbers("first", job)) + 1);
        }
    }

    private boolean oneHasEnded() {
        return processes.stream().anyMatch(process -> !process.isAlive());
    }

    private long newest(String job) throws IOException {
        return RestorePoints.in(folder.resolve("jobs").resolve(job))
                .newest()
                .orElseThrow()
                .checkpointId();
    }

    private List<Long> numbers(String run, String job) throws IOException {
        Path file = folder.resolve(run).resolve(job);
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readString(file)
                .lines()
                .filter(line -> !line.isBlank())
                .map(Long::valueOf)
                .toList();
    }

    private Process startJobManager(String run) throws IOException {
        Files.createDirectories(folder.resolve(run));
        List<String> args = List.of(
                "--config-dir=" + folder,
                "--jobs-dir=" + folder.resolve("jobs"),
                "--job=one:" + CountingJob.class.getName(),
                "--job=two:" + CountingJob.Second.class.getName(),
                "--numbers=" + folder.resolve(run));
        return start("jobmanager-" + run, ClusterMain.class, args);
    }

    private Process start(String name, Class<?> main, List<String> args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "--add-opens=java.base/java.util=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        File log = Path.of("target", name + ".log").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        processes.add(process);
        return process;
    }

    private void configure() throws IOException {
        List<Integer> ports = freePorts(3);
        Files.writeString(folder.resolve("config.yaml"), """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.bind-host: 127.0.0.1
                jobmanager.rpc.port: %d
                jobmanager.memory.process.size: 700m
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %d
                blob.server.port: %d
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.numberOfTaskSlots: 2
                taskmanager.cpu.cores: 1.0
                taskmanager.memory.framework.heap.size: 64m
                taskmanager.memory.framework.off-heap.size: 32m
                taskmanager.memory.task.heap.size: 96m
                taskmanager.memory.task.off-heap.size: 0m
                taskmanager.memory.network.min: 16m
                taskmanager.memory.network.max: 16m
                taskmanager.memory.managed.size: 0m
                taskmanager.memory.jvm-metaspace.size: 96m
                taskmanager.memory.jvm-overhead.min: 64m
                taskmanager.memory.jvm-overhead.max: 64m
                execution.checkpointing.externalized-checkpoint-retention: RETAIN_ON_CANCELLATION
                heartbeat.interval: 1000
                heartbeat.timeout: 5000
                cluster.registration.error-delay: 500
                parallelism.default: 1
                """.formatted(ports.get(0), ports.get(1), ports.get(2)));
    }

    /** Below the range that the system hands out from: no connection of another process takes one in the meantime. */
    private static List<Integer> freePorts(int count) {
        return new Random()
                .ints(20_000, 32_000)
                .distinct()
                .filter(ClusterIT::isFree)
                .limit(count)
                .boxed()
                .toList();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
