package io.millrace.inference.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a training keeps on this machine so that another try need not begin anew: the features of its pictures, and its last
 * checkpoint. Each file appears whole or not at all. Two tries at once, of processes that do not see each other's leases, use one
 * workspace: the first to end may remove it under the other. What nobody came back for is removed after a week.
 */
final class Workspace {
    private static final Duration KEPT = Duration.ofDays(7);

    private final Path folder;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /** @param key letters, digits and underscores; the same for every try of the same training */
    static Workspace of(Path root, String key) throws IOException {
        return new Workspace(Files.createDirectories(root.resolve(key)));
    }

    /** Removes the workspaces that have not been written to for a week. */
    static void sweep(Path root, Instant now) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.toList()) {
                FileTime touched = Files.getLastModifiedTime(folder);
                if (touched.toInstant().isBefore(now.minus(KEPT))) {
                    new Workspace(folder).remove();
                }
            }
        }
    }

    Optional<float[]> read(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return Optional.of(values);
    }

    void write(String name, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        Path part = Files.createTempFile(Files.createDirectories(folder), "part", null);
        Files.write(part, bytes.array());
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        } catch (NoSuchFileException gone) {
            return;
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException inUse) {
            // Another try has written meanwhile: the folder is its own now.
        }
    }
}
