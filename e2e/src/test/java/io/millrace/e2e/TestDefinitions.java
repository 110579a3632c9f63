package io.millrace.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The definitions that the tests' stack has beside what ships: the third party's function, and a type that a worker makes. */
final class TestDefinitions {
    private static final Path THIRD_PARTY = Path.of("..", "e2e-worker", "definitions");
    private static final Path OWN = Path.of("src", "test", "definitions");

    private TestDefinitions() {}

    /**
     * Writes them into a folder.
     *
     * @param wordCountPort where the third party's function listens in this run
     */
    static Path write(Path folder, int wordCountPort) throws IOException {
        Path workflows = Files.createDirectories(folder.resolve("workflows"));
        String functions = Files.readString(THIRD_PARTY.resolve("functions.yaml"));
        Files.writeString(
                folder.resolve("functions.yaml"), functions.replace("127.0.0.1:9400", "127.0.0.1:" + wordCountPort));
        Files.writeString(
                folder.resolve("lanes.yaml"),
                Files.readString(THIRD_PARTY.resolve("lanes.yaml")) + "  workers: {concurrency: 4}\n");
        for (Path from : List.of(THIRD_PARTY.resolve("workflows"), OWN.resolve("workflows"))) {
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, workflows.resolve(file.getFileName().toString()));
                }
            }
        }
        return folder;
    }
}
