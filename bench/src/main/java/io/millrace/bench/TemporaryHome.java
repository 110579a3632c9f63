package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a stack that lives no longer than its measurement. */
final class TemporaryHome {
    private TemporaryHome() {}

    static Path create() throws IOException {
        return Files.createTempDirectory("millrace-bench");
    }

    /** Deletes all of it; the stack is down. */
    static void delete(Path home) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(home)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
