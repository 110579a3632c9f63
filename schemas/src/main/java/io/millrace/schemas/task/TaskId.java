package io.millrace.schemas.task;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Identity of a task: {@code task_} and a UUIDv7 (RFC 9562), so that ids sort by time of creation.
 *
 * @param value the whole id, 41 characters
 */
public record TaskId(String value) implements Comparable<TaskId> {
    private static final String PREFIX = "task_";
    private static final Pattern SHAPE =
            Pattern.compile("task_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public TaskId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("a task id is task_ and a UUIDv7, not: " + value);
        }
    }

    public static TaskId at(long timeMillis) {
        return of(timeMillis, RANDOM.nextLong(), RANDOM.nextLong());
    }

    /** The same id for the same time and random bits: for ids that two edges must agree on. */
    public static TaskId of(long timeMillis, long randomHigh, long randomLow) {
        long high = timeMillis << 16 | 0x7000 | randomHigh & 0x0fff;
        long low = randomLow & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new TaskId(PREFIX + new UUID(high, low));
    }

    public static boolean isTaskId(String text) {
        return SHAPE.matcher(text).matches();
    }

    /** Milliseconds since 1970 at which the id was made. */
    public long createdAtMillis() {
        return UUID.fromString(value.substring(PREFIX.length())).getMostSignificantBits() >>> 16;
    }

    @Override
    public int compareTo(TaskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
