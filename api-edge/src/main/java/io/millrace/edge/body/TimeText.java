package io.millrace.edge.body;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/** Moments that callers name, in milliseconds since 1970. */
public final class TimeText {
    /** The end of the year 9999: beyond it neither RFC 3339 nor a DATETIME of MySQL has a time. */
    private static final long MAX = 253_402_300_799_999L;

    private TimeText() {}

    /** RFC 3339; empty when the text is no such time, or none that {@link #bounded} lets through. */
    public static OptionalLong parse(String text) {
        try {
            return bounded(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** A moment that can be stored and compared; empty beyond the year 9999. Before 1970 nothing has happened here. */
    public static OptionalLong bounded(long millis) {
        return millis > MAX ? OptionalLong.empty() : OptionalLong.of(Math.max(1, millis));
    }
}
