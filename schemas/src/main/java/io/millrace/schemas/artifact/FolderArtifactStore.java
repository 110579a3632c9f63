package io.millrace.schemas.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Blobs in a folder, two levels deep; a blob appears whole or not at all, and its file is as old as the last put of its bytes. */
public final class FolderArtifactStore implements SweepableStore {
    private static final String PART = "part";
    private static final String DYING = "dying-";

    private final Path root;

    public FolderArtifactStore(Path root) {
        this.root = root;
    }

    @Override
    public ArtifactRef put(byte[] bytes) throws IOException {
        ArtifactRef ref = ArtifactRef.of(bytes);
        Path target = path(ref);
        if (storedAgain(target)) {
            return ref;
        }
        Files.createDirectories(target.getParent());
        Path part = Files.createTempFile(target.getParent(), PART, null);
        try {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        return ref;
    }

    @Override
    public ArtifactRef put(InputStream in) throws IOException {
        Files.createDirectories(root);
        Path part = Files.createTempFile(root, PART, null);
        try {
            ArtifactRef ref = copy(in, part);
            Path target = path(ref);
            Files.createDirectories(target.getParent());
            if (!storedAgain(target)) {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return ref;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public Stream<Blob> list() throws IOException {
        return leaves().flatMap(FolderArtifactStore::in).flatMap(file -> blob(file).stream());
    }

    @Override
    public void named(Consumer<ArtifactRef> found) throws IOException {
        try (Stream<Blob> blobs = list()) {
            for (Blob blob : (Iterable<Blob>) blobs::iterator) {
                Optional<InputStream> open = open(blob.ref());
                if (open.isPresent()) {
                    try (InputStream in = open.get()) {
                        BlobNames.in(in, found);
                    }
                }
            }
        }
    }

    @Override
    public boolean delete(ArtifactRef ref, Instant unlessStoredSince) throws IOException {
        Path target = path(ref);
        Path dying = target.resolveSibling(DYING + ref.hash());
        try {
            if (isYoung(target, unlessStoredSince)) {
                return false;
            }
            // Out of the way first: who puts the same bytes from now on stores them anew.
            Files.move(target, dying, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            return true;
        }
        if (isYoung(dying, unlessStoredSince)) {
            Files.move(dying, target, StandardCopyOption.ATOMIC_MOVE);
            return false;
        }
        Files.delete(dying);
        return true;
    }

    private static boolean isYoung(Path file, Instant since) throws IOException {
        return !Files.getLastModifiedTime(file).toInstant().isBefore(since);
    }

    @Override
    public void deleteRemains(Instant before) throws IOException {
        try (Stream<Path> files = Stream.concat(in(root), leaves().flatMap(FolderArtifactStore::in))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                boolean remains = name.startsWith(PART) || name.startsWith(DYING);
                if (remains && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Stream<Path> leaves() {
        return in(root).filter(Files::isDirectory).flatMap(FolderArtifactStore::in);
    }

    /** What is in a folder, by name: one that goes meanwhile is no failure, as it is with a walk. */
    private static Stream<Path> in(Path folder) {
        try {
            return Files.list(folder);
        } catch (NoSuchFileException absent) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Blob> blob(Path file) {
        String name = file.getFileName().toString();
        if (!ArtifactRef.isHash(name)) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Blob(
                    new ArtifactRef(name), attributes.lastModifiedTime().toInstant(), attributes.size()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the blob is there; it is young again then. */
    private static boolean storedAgain(Path target) throws IOException {
        try {
            Files.setLastModifiedTime(target, FileTime.from(Instant.now()));
            return true;
        } catch (FileSystemException absentOrNotOurs) {
            // Stored anew then, which makes it young too.
            return false;
        }
    }

    private static ArtifactRef copy(InputStream in, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[64 * 1024];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
                ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, read);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.force(true);
            return new ArtifactRef(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public Optional<InputStream> open(ArtifactRef ref) throws IOException {
        try {
            return Optional.of(Files.newInputStream(path(ref)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Long> size(ArtifactRef ref) throws IOException {
        try {
            return Optional.of(Files.size(path(ref)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path path(ArtifactRef ref) {
        String hash = ref.hash();
        return root.resolve(hash.substring(0, 2)).resolve(hash.substring(2, 4)).resolve(hash);
    }
}
