package io.millrace.edge.live;

import io.millrace.schemas.v1.Progress;

/**
 * One record of {@code tasks.progress.v1}, decoded once.
 *
 * @param place its position
 * @param progress its value
 */
public record LogRecord(Place place, Progress progress) {
    public static LogRecord of(int partition, long offset, Progress progress) {
        return new LogRecord(Place.of(partition, offset, progress.getEpoch()), progress);
    }
}
