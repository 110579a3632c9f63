package io.millrace.schemas.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Blobs named by their SHA-256. Writing the same bytes twice keeps one blob. */
public interface ArtifactStore {
    /** Stores the bytes durably before it returns. */
    ArtifactRef put(byte[] bytes) throws IOException;

    /** As {@link #put(byte[])}, for what is too large to be held in memory; the caller closes the stream. */
    default ArtifactRef put(InputStream in) throws IOException {
        return put(in.readAllBytes());
    }

    /** @return the blob, to be closed by the caller; empty when there is none */
    Optional<InputStream> open(ArtifactRef ref) throws IOException;

    /** @return size in bytes; empty when there is none */
    Optional<Long> size(ArtifactRef ref) throws IOException;

    /** The whole blob. @throws IOException also when there is none, naming the reference */
    default byte[] read(ArtifactRef ref) throws IOException {
        try (InputStream in = open(ref).orElseThrow(() -> new IOException("no artifact " + ref))) {
            return in.readAllBytes();
        }
    }
}
