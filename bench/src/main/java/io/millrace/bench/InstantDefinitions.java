package io.millrace.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Definitions for inference that takes no time. */
final class InstantDefinitions {
    private InstantDefinitions() {}

    /** The poster workflow that ships, in full batches, on a lane of so many slots. @return the folder */
    static Path write(Path folder, int slots) throws IOException {
        Files.createDirectories(folder.resolve("workflows"));
        try (InputStream in = Objects.requireNonNull(
                InstantDefinitions.class.getResourceAsStream("/millrace/workflows/poster.yaml"))) {
            String poster = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(
                    folder.resolve("workflows/poster.yaml"), poster.replaceAll("(?m)^    batch: \\d+\\R", ""));
        }
        Files.writeString(folder.resolve("lanes.yaml"), "lanes:\n  poster: {concurrency: " + slots + "}\n");
        return folder;
    }
}
