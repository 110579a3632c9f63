package io.millrace.edge.live;

import java.time.Duration;

/**
 * Bounds of the live view's memory.
 *
 * @param endedKept how long an ended task stays in memory after its last record
 * @param maxEnded ended tasks kept at most
 * @param maxEndedBytes bytes of ended tasks kept at most
 * @param maxRetired ended tasks of which only the last step is remembered, to know late repeats
 * @param maxRecentEvents events kept for replay, for each partition
 * @param maxRecentBytes bytes of those, for each partition
 * @param maxDones {@code done} events remembered beyond those, for each partition
 * @param maxOffsetChunks stretches of 65,536 offsets for each partition that can be replayed from the log
 */
public record LiveLimits(
        Duration endedKept,
        int maxEnded,
        long maxEndedBytes,
        int maxRetired,
        int maxRecentEvents,
        long maxRecentBytes,
        int maxDones,
        int maxOffsetChunks) {
    /** An eighth of the heap for ended tasks, another for recent events. */
    public static LiveLimits forHeap(long heapBytes, int partitions) {
        long share = heapBytes / 8;
        return new LiveLimits(Duration.ofMinutes(30), 20_000, share, 50_000, 4_096, share / partitions, 2_048, 64);
    }
}
