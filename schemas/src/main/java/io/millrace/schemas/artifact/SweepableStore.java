package io.millrace.schemas.artifact;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A store from which blobs can be taken away again, by one that knows which of them are named. */
public interface SweepableStore extends ArtifactStore {
    /**
     * A blob as the store has it.
     *
     * @param storedAt when its bytes were put last
     * @param bytes its size
     */
    record Blob(ArtifactRef ref, Instant storedAt, long bytes) {}

    /** All blobs, in no order, one perhaps twice; to be closed by the caller, and failing with an unchecked exception. */
    Stream<Blob> list() throws IOException;

    /** Tells of every blob that another one names, perhaps more than once: large results lie in the store themselves. */
    void named(Consumer<ArtifactRef> found) throws IOException;

    /**
     * Deletes a blob unless its bytes have been put since. A store may need two rounds for it: after the first the blob can still be
     * read, and is listed as young.
     *
     * @return whether it is gone
     */
    boolean delete(ArtifactRef ref, Instant unlessStoredSince) throws IOException;

    /** Deletes what writers and sweepers that died before the time have left behind. */
    default void deleteRemains(Instant before) throws IOException {}
}
