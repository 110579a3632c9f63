package io.millrace.edge.limit;

/**
 * A bucket of tokens that fills evenly: a minute's worth may be spent at once.
 *
 * @param left tokens in it
 * @param atNanos when that was counted
 */
record Bucket(double left, long atNanos) {
    private static final double MINUTE = 60e9;

    static Bucket full(int perMinute, long nanos) {
        return new Bucket(perMinute, nanos);
    }

    Bucket at(long nanos, int perMinute) {
        return new Bucket(Math.min(perMinute, left + (nanos - atNanos) / MINUTE * perMinute), nanos);
    }

    boolean isFull(int perMinute) {
        return left >= perMinute;
    }

    Bucket less() {
        return new Bucket(left - 1, atNanos);
    }

    /** Seconds until there is a whole token, from 1. */
    long secondsToNext(int perMinute) {
        return Math.max(1, (long) Math.ceil((1 - left) * 60 / perMinute));
    }
}
