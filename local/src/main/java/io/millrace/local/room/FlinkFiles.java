package io.millrace.local.room;

import io.millrace.local.home.PortPlan;
import io.millrace.local.home.StackHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Flink's configuration for both of its processes. What a job decides for itself is not here. */
final class FlinkFiles {
    private static final int FRAMEWORK_HEAP_MIB = 64;
    private static final int TASK_ONLY_HEAP_MIB = 320;
    private static final int FRAMEWORK_DIRECT_MIB = 64;
    private static final int TASK_ONLY_DIRECT_MIB = 32;
    private static final int NETWORK_MIB = 32;
    private static final int SLOTS = 3;
    static final int TASK_HEAP_MIB = FRAMEWORK_HEAP_MIB + TASK_ONLY_HEAP_MIB;
    static final int TASK_DIRECT_MIB = FRAMEWORK_DIRECT_MIB + TASK_ONLY_DIRECT_MIB + NETWORK_MIB;
    static final int TASK_METASPACE_MIB = 160;

    private FlinkFiles() {}

    /** Folder with {@code config.yaml}. */
    static Path folder(StackHome home) {
        return home.flink().resolve("conf");
    }

    static void write(StackHome home, PortPlan ports) throws IOException {
        Files.createDirectories(folder(home));
        Files.createDirectories(home.flink().resolve("tmp"));
        Files.createDirectories(home.jobs());
        Files.writeString(folder(home).resolve("config.yaml"), addresses(home, ports) + memory() + behaviour());
    }

    private static String addresses(StackHome home, PortPlan ports) {
        return String.format(
                Locale.ROOT,
                """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.bind-host: 127.0.0.1
                jobmanager.rpc.port: %d
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %d
                blob.server.port: %d
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                web.submit.enable: false
                web.cancel.enable: false
                io.tmp.dirs: %s
                """,
                ports.jobManagerRpc(),
                ports.flinkRest(),
                ports.blob(),
                home.flink().resolve("tmp"));
    }

    private static String memory() {
        return String.format(
                Locale.ROOT,
                """
                jobmanager.memory.process.size: 700m
                taskmanager.numberOfTaskSlots: %d
                taskmanager.cpu.cores: 1.0
                taskmanager.memory.framework.heap.size: %dm
                taskmanager.memory.task.heap.size: %dm
                taskmanager.memory.framework.off-heap.size: %dm
                taskmanager.memory.task.off-heap.size: %dm
                taskmanager.memory.network.min: %dm
                taskmanager.memory.network.max: %dm
                taskmanager.memory.managed.size: 0m
                taskmanager.memory.jvm-metaspace.size: %dm
                taskmanager.memory.jvm-overhead.min: 128m
                taskmanager.memory.jvm-overhead.max: 128m
                """,
                SLOTS,
                FRAMEWORK_HEAP_MIB,
                TASK_ONLY_HEAP_MIB,
                FRAMEWORK_DIRECT_MIB,
                TASK_ONLY_DIRECT_MIB,
                NETWORK_MIB,
                NETWORK_MIB,
                TASK_METASPACE_MIB);
    }

    private static String behaviour() {
        return """
                parallelism.default: 1
                execution.checkpointing.externalized-checkpoint-retention: RETAIN_ON_CANCELLATION
                execution.checkpointing.num-retained: 3
                restart-strategy.type: exponential-delay
                restart-strategy.exponential-delay.initial-backoff: 200 ms
                restart-strategy.exponential-delay.max-backoff: 10 s
                restart-strategy.exponential-delay.backoff-multiplier: 2.0
                restart-strategy.exponential-delay.jitter-factor: 0.1
                heartbeat.interval: 1000
                heartbeat.timeout: 5000
                heartbeat.rpc-failure-threshold: 2
                cluster.registration.error-delay: 500
                cluster.registration.max-timeout: 2000
                taskmanager.registration.timeout: 10 min
                """;
    }
}
