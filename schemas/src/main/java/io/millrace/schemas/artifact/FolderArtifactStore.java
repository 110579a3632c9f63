package io.millrace.schemas.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Blobs in a local folder, two levels deep; a blob appears whole or not at all. */
public final class FolderArtifactStore implements ArtifactStore {
    private final Path root;

    public FolderArtifactStore(Path root) {
        this.root = root;
    }

    @Override
    public ArtifactRef put(byte[] bytes) throws IOException {
        ArtifactRef ref = ArtifactRef.of(bytes);
        Path target = path(ref);
        if (Files.exists(target)) {
            return ref;
        }
        Files.createDirectories(target.getParent());
        Path part = Files.createTempFile(target.getParent(), "part", null);
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
        Path part = Files.createTempFile(root, "part", null);
        try {
            ArtifactRef ref = copy(in, part);
            Path target = path(ref);
            Files.createDirectories(target.getParent());
            if (!Files.exists(target)) {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return ref;
        } finally {
            Files.deleteIfExists(part);
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
