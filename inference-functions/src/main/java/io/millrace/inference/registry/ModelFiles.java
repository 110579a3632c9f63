package io.millrace.inference.registry;

import io.millrace.inference.registry.ModelSpec.FileSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** The files of one model. Several processes may share the folder: a file appears whole or not at all. */
public final class ModelFiles {
    private final Path folder;
    private final ModelSpec spec;
    private final String device;
    private final Set<Path> used = new LinkedHashSet<>();

    ModelFiles(Path folder, ModelSpec spec, String device) {
        this.folder = folder;
        this.spec = spec;
        this.device = device;
    }

    /** {@code NAME-VERSION}. */
    public String version() {
        return spec.name() + "-" + spec.version();
    }

    /** Where the model shall run: {@code cpu}, {@code cuda} or {@code cuda:N}. */
    public String device() {
        return device;
    }

    /**
     * A file that is there: unpacked, fetched or found, and of the bytes that were agreed on.
     *
     * @param role the part it plays, as in {@code models.yaml}
     * @throws ModelFault when it cannot be had
     */
    public Path file(String role) throws ModelFault {
        return file(role, path -> {
            throw new FileNotFoundException("no code builds it: its source must be another than built");
        });
    }

    /** As {@link #file(String)}, for one whose source may be {@code built}: then the builder writes it, once. */
    public Path file(String role, Builder builder) throws ModelFault {
        FileSpec file = spec.files().get(role);
        if (file == null) {
            throw fault(role, "models.yaml names no such file");
        }
        try {
            Path path = resolved(role, file, builder);
            used.add(path);
            return path;
        } catch (IOException e) {
            // The message of these is a path and nothing else.
            String kind = e instanceof FileSystemException ? e.getClass().getSimpleName() + ": " : "";
            throw new ModelFault(said(role, kind + e.getMessage() + " (" + file.shown() + ")"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw fault(role, "interrupted while it was fetched");
        }
    }

    /** Bytes on disk of the files asked for so far. */
    long bytes() throws IOException {
        long bytes = 0;
        for (Path path : used) {
            bytes += Files.size(path);
        }
        return bytes;
    }

    private Path resolved(String role, FileSpec file, Builder builder)
            throws IOException, InterruptedException, ModelFault {
        if (file.source().startsWith("file:")) {
            Path path = folder.resolve(file.source().substring("file:".length()));
            if (!Files.isRegularFile(path)) {
                throw new FileNotFoundException("there is no file " + path);
            }
            requireSame(role, file, path);
            return path;
        }
        Path target = folder.resolve(version()).resolve(name(role, file));
        if (Files.isRegularFile(target) && (file.built() || same(file, target))) {
            return target;
        }
        place(role, file, target, builder);
        return target;
    }

    private static String name(String role, FileSpec file) {
        String path = file.shown();
        // With its role before it: two files may have one name in two places.
        return file.built()
                ? role
                : role + "-" + path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
    }

    private void place(String role, FileSpec file, Path target, Builder builder)
            throws IOException, InterruptedException, ModelFault {
        Path parent = Objects.requireNonNull(target.getParent());
        Files.createDirectories(parent);
        Path part = Files.createTempFile(parent, "part", null);
        try {
            if (file.built()) {
                builder.writeTo(part);
            } else if (file.source().startsWith("classpath:")) {
                unpack(file.source().substring("classpath:".length()), part);
            } else if (file.source().startsWith(Bucket.SCHEME)) {
                Bucket.to(URI.create(file.source()), part);
            } else {
                Download.to(URI.create(file.source()), part);
            }
            if (!file.built()) {
                requireSame(role, file, part);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void unpack(String resource, Path part) throws IOException {
        try (InputStream in = ModelFiles.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("it is not on the class path");
            }
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean same(FileSpec file, Path path) throws IOException {
        return Sha256.of(path).equals(file.sha256());
    }

    private void requireSame(String role, FileSpec file, Path path) throws IOException, ModelFault {
        String found = Sha256.of(path);
        if (!found.equals(file.sha256())) {
            throw fault(
                    role,
                    file.shown() + " has sha256 " + found + " where models.yaml says " + file.sha256()
                            + ": take the right file, or correct models.yaml");
        }
    }

    private ModelFault fault(String role, String reason) {
        return new ModelFault(said(role, reason));
    }

    private String said(String role, String reason) {
        return "model " + spec.name() + " " + spec.version() + ", file " + role + ": " + reason;
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Builder {
        void writeTo(Path file) throws IOException, ModelFault;
    }
}
