package io.millrace.bench;

import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One Flink job in a JVM of its own, JobManager and TaskManager in one; its output goes to {@code job.log} in the home of the stack. */
final class JobProcess implements AutoCloseable {
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseParallelGC",
            "-Dcom.google.protobuf.use_unsafe_pre22_gencode",
            "-Dorg.apache.flink.shaded.netty4.io.netty.eventLoopThreads=1",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED");

    private final Process process;

    private JobProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it; the stack's variables are its environment.
     *
     * @param jvm more options of {@code java}, its heap for one
     * @param arguments of the job
     */
    static JobProcess start(StackSetup setup, List<String> jvm, String mainClass, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(jvm);
        command.addAll(List.of("-cp", setup.code().classPath("flink-jobs/cluster"), mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(setup.home().folder().resolve("job.log").toFile());
        builder.environment().putAll(setup.environment());
        Process process = builder.start();
        // A bench that is stopped half way leaves no job behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "job-end"));
        return new JobProcess(process);
    }

    double cpuSeconds() throws IOException {
        return cpuSeconds(process.pid());
    }

    /** User and system time of a process, from fields 14 and 15 of proc(5)'s stat, in ticks of 10 ms. */
    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
