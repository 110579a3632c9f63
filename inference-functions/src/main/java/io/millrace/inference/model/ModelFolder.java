package io.millrace.inference.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder models live in on this machine. Several processes may share it: a file appears whole or not at all.
 */
public final class ModelFolder {
    private final Path folder;

    public ModelFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Unpacks a resource of the class path once.
     *
     * @param resource path in the class path, without a leading slash
     * @throws IOException also when there is no such resource, naming it
     */
    public Path unpack(String resource) throws IOException {
        Path target = folder.resolve(resource);
        if (Files.isRegularFile(target)) {
            return target;
        }
        try (InputStream in = ModelFolder.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("model resource " + resource + " is not on the class path");
            }
            return place(target, part -> Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING));
        }
    }

    /**
     * Builds a file once.
     *
     * @param name file name; must change when the builder's output does
     */
    public Path build(String name, Builder builder) throws IOException {
        Path target = folder.resolve(name);
        return Files.isRegularFile(target) ? target : place(target, builder);
    }

    private static Path place(Path target, Builder builder) throws IOException {
        Files.createDirectories(target.getParent());
        Path part = Files.createTempFile(target.getParent(), "part", null);
        try {
            builder.writeTo(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        return target;
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Builder {
        void writeTo(Path file) throws IOException;
    }
}
