package io.millrace.local.room;

import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.broker.BrokerMain;
import io.millrace.local.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How each room of one stack is started, prepared and ended. */
public final class RoomLaunches {
    private final StackSetup setup;
    private final StackOptions options;
    private final DatabaseFiles database;

    /** @param options what differs from a plain start */
    public RoomLaunches(StackSetup setup, StackOptions options) {
        this.setup = setup;
        this.options = options;
        this.database = new DatabaseFiles(setup.code(), setup.home());
    }

    /** Writes the files that the room needs before its process can start; at once except for a database's first time. */
    public void prepare(Room room) throws IOException {
        switch (room) {
            case DATABASE -> database.install(setup.secrets());
            case JOBMANAGER, TASKMANAGER -> FlinkFiles.write(setup.home(), setup.ports());
            case INFERENCE -> {
                Files.createDirectories(setup.home().artifacts());
                Files.createDirectories(setup.home().models());
                CrawlSources.write(setup.home().models(), setup.edgeUrl());
            }
            case BROKER ->
                BrokerFiles.write(setup.home(), setup.kafka(), setup.secrets().broker());
            case EDGE -> Files.createDirectories(setup.home().artifacts());
        }
    }

    /** Starts a process of the room; none may be running. */
    public Process start(Room room, Launch launch) throws IOException {
        setup.home().clearTemporary(room);
        return launch.start();
    }

    /** @throws io.millrace.local.UserError when the module it runs from is not built */
    public Launch launch(Room room) {
        Map<String, String> environment = new HashMap<>(setup.environment());
        if (room == Room.BROKER) {
            environment.put(BrokerMain.PASSWORD, setup.secrets().broker());
        }
        environment.putAll(options.environment().getOrDefault(room, Map.of()));
        return new Launch(command(room), environment, setup.home().log(room));
    }

    /** The process that watches over the rooms. */
    public Launch supervisor(String mainClass) {
        List<String> command = java(JvmLimits.supervisor(), "local");
        command.add(mainClass);
        command.add(setup.home().folder().toString());
        command.add(Integer.toString(setup.ports().base()));
        Map<String, String> environment =
                Map.of("MILLRACE_ROOT", setup.code().root().toString(), "MALLOC_ARENA_MAX", "2");
        return new Launch(command, environment, setup.home().supervisorLog());
    }

    /** How long a room may take to end by itself. */
    public static Duration grace(Room room) {
        return switch (room) {
            case BROKER, DATABASE -> Duration.ofSeconds(15);
            case INFERENCE -> Duration.ofSeconds(12);
            case JOBMANAGER, TASKMANAGER -> Duration.ofSeconds(5);
            case EDGE -> Duration.ofSeconds(8);
        };
    }

    private List<String> command(Room room) {
        return switch (room) {
            case DATABASE -> database.command(setup.ports());
            case BROKER ->
                jvm(
                        room,
                        "local",
                        "io.millrace.local.broker.BrokerMain",
                        setup.home().broker().toString(),
                        Integer.toString(setup.ports().kafka()),
                        Integer.toString(setup.ports().controller()));
            case INFERENCE -> inference();
            case EDGE -> jvm(room, "api-edge", "io.millrace.edge.EdgeApplication");
            case JOBMANAGER ->
                jvm(
                        room,
                        "flink-jobs/cluster",
                        "io.millrace.cluster.ClusterMain",
                        "--config-dir=" + FlinkFiles.folder(setup.home()),
                        "--jobs-dir=" + setup.home().jobs(),
                        "--job=orchestrator:io.millrace.orchestrator.OrchestratorJob",
                        "--job=readmodel:io.millrace.readmodel.ReadModelJob",
                        "--job=analytics:io.millrace.analytics.AnalyticsJob");
            case TASKMANAGER ->
                jvm(
                        room,
                        "flink-jobs/cluster",
                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                        "--configDir",
                        FlinkFiles.folder(setup.home()).toString());
        };
    }

    private List<String> inference() {
        StackOptions.Program other = options.inference();
        return other == null
                ? jvm(Room.INFERENCE, "inference-functions", "io.millrace.inference.InferenceMain")
                : jvm(Room.INFERENCE, other.module(), other.mainClass());
    }

    private List<String> jvm(Room room, String module, String mainClass, String... args) {
        List<String> command = java(JvmLimits.of(room), module);
        command.add("-Djava.io.tmpdir=" + setup.home().temporary(room));
        command.add(mainClass);
        command.addAll(List.of(args));
        return command;
    }

    private List<String> java(JvmLimits limits, String module) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(limits.options());
        command.add("-cp");
        command.add(setup.code().classPath(module));
        return command;
    }
}
