package io.millrace.inference.flow;

import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs in memory. */
public final class MemoryArtifacts implements ArtifactStore {
    private final Map<ArtifactRef, byte[]> blobs = new ConcurrentHashMap<>();

    @Override
    public ArtifactRef put(byte[] bytes) {
        ArtifactRef ref = ArtifactRef.of(bytes);
        blobs.put(ref, bytes.clone());
        return ref;
    }

    @Override
    public Optional<InputStream> open(ArtifactRef ref) {
        return Optional.ofNullable(blobs.get(ref)).map(ByteArrayInputStream::new);
    }

    @Override
    public Optional<Long> size(ArtifactRef ref) {
        return Optional.ofNullable(blobs.get(ref)).map(bytes -> (long) bytes.length);
    }
}
