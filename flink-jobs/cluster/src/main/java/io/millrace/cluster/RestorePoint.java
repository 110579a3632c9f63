package io.millrace.cluster;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;

/**
 * A complete checkpoint or savepoint.
 *
 * @param folder holds its {@code _metadata}
 * @param checkpointId grows along the life of a job, restarts included
 * @param completedAt when its metadata was written
 */
record RestorePoint(Path folder, long checkpointId, Instant completedAt) {
    /**
     * Oldest first. The number decides, because a clock may be set back; the time only between two lives of a job that
     * both continued from the same point.
     */
    static final Comparator<RestorePoint> BY_AGE =
            Comparator.comparingLong(RestorePoint::checkpointId).thenComparing(RestorePoint::completedAt);
}
