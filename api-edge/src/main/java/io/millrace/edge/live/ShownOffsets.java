package io.millrace.edge.live;

import java.util.TreeMap;

/**
 * One bit for each offset of a partition: whether its record was shown to subscribers. A replay from the log shows exactly those,
 * so that a reconnecting client sees what it would have seen live. 8 KiB for 65,536 offsets.
 */
final class ShownOffsets {
    private static final int CHUNK_BITS = 16;
    private static final int WORDS = 1 << (CHUNK_BITS - 6);

    private final TreeMap<Long, long[]> chunks = new TreeMap<>();
    private final int maxChunks;
    private long start = -1;

    ShownOffsets(int maxChunks) {
        this.maxChunks = maxChunks;
    }

    /** Offsets from here on are known. */
    void beginAt(long offset) {
        if (start < 0) {
            start = offset;
        }
    }

    void add(long offset) {
        long chunk = offset >>> CHUNK_BITS;
        long[] words = chunks.computeIfAbsent(chunk, key -> new long[WORDS]);
        words[(int) (offset >>> 6 & WORDS - 1)] |= 1L << (offset & 63);
        while (chunks.size() > maxChunks) {
            chunks.pollFirstEntry();
            start = Math.max(start, chunks.firstKey() << CHUNK_BITS);
        }
    }

    boolean contains(long offset) {
        long[] words = chunks.get(offset >>> CHUNK_BITS);
        return words != null && (words[(int) (offset >>> 6 & WORDS - 1)] & 1L << (offset & 63)) != 0;
    }

    /** First offset of which it is known whether it was shown; -1 when none is. */
    long start() {
        return start;
    }
}
