package io.millrace.engine.task;

import java.time.Duration;

/**
 * Bounds of a task.
 *
 * @param retention how long a task is remembered after its end; a submit whose id is older is refused
 * @param outage how long a phase waits for an endpoint that is down or full before the task fails
 * @param guard how much longer than its deadline an item is waited for before the task asks again
 * @param lateTimer a timer that fires later than this was held up, and the item gets its full time once more
 * @param maxOutputBytes largest output of a phase
 */
public record TaskLimits(Duration retention, Duration outage, Duration guard, Duration lateTimer, int maxOutputBytes) {
    public TaskLimits {
        requirePositive("retention", retention);
        requirePositive("outage", outage);
        requirePositive("guard", guard);
        requirePositive("lateTimer", lateTimer);
        if (maxOutputBytes < 1024) {
            throw new IllegalArgumentException("maxOutputBytes must be at least 1024, not " + maxOutputBytes);
        }
    }

    public static TaskLimits defaults() {
        return new TaskLimits(
                Duration.ofHours(24), Duration.ofMinutes(10), Duration.ofSeconds(5), Duration.ofSeconds(5), 256 * 1024);
    }

    /** The same with another retention. */
    public TaskLimits remembering(Duration time) {
        return new TaskLimits(time, outage, guard, lateTimer, maxOutputBytes);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }
}
