package io.millrace.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to start a process.
 *
 * @param command program and arguments
 * @param environment variables on top of our own
 * @param log where both of its outputs go, appended
 */
public record Launch(List<String> command, Map<String, String> environment, Path log) {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Starts it as our child; it goes on when we end. */
    public Process start() throws IOException {
        return start(command);
    }

    /** Starts it in a session of its own, so that neither Ctrl-C nor the end of the terminal reaches it. */
    public Process startDetached() throws IOException {
        List<String> detached = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            detached.add(SETSID.toString());
        } else {
            // Without it the process outlives the terminal, but not a Ctrl-C while somebody waits for it.
            detached.add("nohup");
        }
        detached.addAll(command);
        return start(detached);
    }

    /** Equal for two launches that do the same with the same build. */
    public String fingerprint(String buildStamp) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    (command + "\n" + new TreeMap<>(environment) + "\n" + buildStamp).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Process start(List<String> arguments) throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
