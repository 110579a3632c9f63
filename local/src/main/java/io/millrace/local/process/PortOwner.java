package io.millrace.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out who listens on a port, from {@code /proc}: only on Linux, and only processes we may look at. */
public final class PortOwner {
    private static final String LISTENS = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortOwner() {}

    /** For example {@code process 123 (java)}. */
    public static Optional<String> describe(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            listening(Path.of(table), port, sockets);
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process.pid(), sockets))
                .findFirst()
                .map(process -> "process " + process.pid() + name(process.pid()));
    }

    private static void listening(Path table, int port, Set<String> sockets) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        try (Stream<String> lines = Files.lines(table)) {
            lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTENS))
                    .filter(fields -> fields[LOCAL_ADDRESS].endsWith(suffix))
                    .forEach(fields -> sockets.add("socket:[" + fields[INODE] + "]"));
        } catch (IOException notLinux) {
            // Then the sentence does without the owner.
            return;
        }
    }

    private static boolean holds(long pid, Set<String> sockets) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return files.anyMatch(file -> points(file, sockets));
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static boolean points(Path file, Set<String> sockets) {
        try {
            return sockets.contains(Files.readSymbolicLink(file).toString());
        } catch (IOException closed) {
            return false;
        }
    }

    private static String name(long pid) {
        try {
            return " ("
                    + Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                            .strip() + ")";
        } catch (IOException gone) {
            return "";
        }
    }
}
