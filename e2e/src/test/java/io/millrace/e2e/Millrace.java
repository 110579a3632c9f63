package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalStack;
import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of {@code ./millrace}, each a process of its own. */
final class Millrace {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Millrace() {}

    /** How a command ended, and what it printed. */
    record Ended(int exitCode, String printed) {}

    /** Runs a command on a stack until it ends with exit code 0. @return what it printed */
    static String run(LocalStack stack, String... arguments) throws IOException, InterruptedException {
        Ended ended = call(stack, arguments);
        assertThat(ended.exitCode()).as(ended.printed()).isZero();
        return ended.printed();
    }

    /** Runs a command on a stack until it ends. */
    static Ended call(LocalStack stack, String... arguments) throws IOException, InterruptedException {
        StackSetup setup = stack.setup();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dmillrace.log.level=OFF",
                "-cp",
                setup.code().classPath("local"),
                "io.millrace.local.Main"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("millrace", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("MILLRACE_ROOT", setup.code().root().toString());
            builder.environment().put("MILLRACE_HOME", setup.home().folder().toString());
            builder.environment()
                    .put("MILLRACE_PORT_BASE", Integer.toString(setup.ports().base()));
            Process process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end after " + PATIENCE + ": " + String.join(" ", arguments));
            }
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}
