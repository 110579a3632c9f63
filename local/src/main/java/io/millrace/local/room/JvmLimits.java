package io.millrace.local.room;

import io.millrace.local.Room;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory and JVM flags of every JVM of the stack: the one place that keeps it under 3.5 GB. MariaDB's share is in
 * {@link DatabaseFiles}, TaskManager sizes that Flink must know too in {@link FlinkFiles}.
 *
 * @param heapMiB largest heap
 * @param directMiB largest sum of direct buffers
 * @param metaspaceMiB room for classes
 * @param flags the rest
 */
record JvmLimits(int heapMiB, int directMiB, int metaspaceMiB, List<String> flags) {
    private static final String SERIAL = "-XX:+UseSerialGC";
    /** The first compiler only: quicker to start and smaller, for those whose work is little or mostly waiting. */
    private static final String LIGHT = "-XX:TieredStopAtLevel=1";

    private static final List<String> FLINK = List.of(
            // StateFun's generated protobuf classes are older than 22.x.
            "-Dcom.google.protobuf.use_unsafe_pre22_gencode",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED");

    private static final JvmLimits SUPERVISOR = new JvmLimits(64, 32, 64, List.of(SERIAL, LIGHT));

    JvmLimits {
        flags = List.copyOf(flags);
    }

    static JvmLimits supervisor() {
        return SUPERVISOR;
    }

    /** @throws IllegalArgumentException for the database, which is no JVM */
    static JvmLimits of(Room room) {
        return switch (room) {
            case BROKER -> new JvmLimits(192, 64, 96, List.of(SERIAL, LIGHT));
            case INFERENCE ->
                new JvmLimits(
                        640,
                        128,
                        128,
                        List.of(
                                SERIAL,
                                "-Djava.awt.headless=true",
                                "-Dai.djl.offline=true",
                                "-Dai.djl.pytorch.num_threads=1",
                                "-Dai.djl.pytorch.num_interop_threads=1"));
            case JOBMANAGER -> new JvmLimits(256, 64, 128, with(FLINK, SERIAL, LIGHT));
            case TASKMANAGER ->
                new JvmLimits(
                        FlinkFiles.TASK_HEAP_MIB,
                        FlinkFiles.TASK_DIRECT_MIB,
                        FlinkFiles.TASK_METASPACE_MIB,
                        with(
                                FLINK,
                                "-XX:+UseParallelGC",
                                "-Dorg.apache.flink.shaded.netty4.io.netty.eventLoopThreads=1"));
            case EDGE -> new JvmLimits(256, 96, 160, List.of(SERIAL));
            case DATABASE -> throw new IllegalArgumentException("the database is no JVM");
        };
    }

    /** As options of {@code java}. */
    List<String> options() {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx" + heapMiB + "m",
                "-XX:MaxDirectMemorySize=" + directMiB + "m",
                "-XX:MaxMetaspaceSize=" + metaspaceMiB + "m",
                "-XX:ReservedCodeCacheSize=96m",
                "-Xss512k",
                "-XX:+ExitOnOutOfMemoryError"));
        options.addAll(flags);
        return options;
    }

    private static List<String> with(List<String> flags, String... more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        return all;
    }
}
