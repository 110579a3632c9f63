package io.millrace.edge.live;

import org.jspecify.annotations.Nullable;

/**
 * Where a task waits.
 *
 * @param lane name of the lane
 * @param ownPosition place among its tenant's tasks of the same priority, from 1; exact
 * @param position place in the whole lane, from 1: its own, all of higher priority, and of other tenants as many as take their turns
 *     before it; what is submitted later or ages past it is not in it
 * @param waiting tasks that wait in the lane
 * @param estimate when it starts and ends; null while the lane has not yet run enough to say
 */
public record Standing(
        String lane,
        long ownPosition,
        long position,
        long waiting,
        @Nullable Estimate estimate) {
    /** Milliseconds since 1970 that are passed with one half and nine tenths of a chance. */
    public record Range(long p50, long p90) {}

    /** When a task starts and when it ends. */
    public record Estimate(Range start, Range end) {}

    /** Whether people should be told: the place moved by a tenth or more, or the start by a tenth of the wait and two seconds. */
    boolean differsFrom(Standing told, long nowMillis) {
        if (Math.abs(position - told.position) >= Math.max(1, told.position / 10)) {
            return true;
        }
        if (estimate == null || told.estimate == null) {
            return estimate != null;
        }
        long moved = Math.abs(estimate.start.p50 - told.estimate.start.p50);
        return moved >= Math.max(2_000, Math.abs(told.estimate.start.p50 - nowMillis) / 10);
    }
}
