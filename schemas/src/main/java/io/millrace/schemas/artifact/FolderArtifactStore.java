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
