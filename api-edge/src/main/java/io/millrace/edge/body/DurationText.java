package io.millrace.edge.body;

import io.millrace.edge.problem.Problem;
import io.millrace.schemas.config.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 90} (seconds), {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d} or ISO 8601. */
public final class DurationText {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Duration MAX = Duration.ofDays(365);

    private DurationText() {}

    /** @throws Problem 400 naming the field */
    public static Duration parse(String field, String text) {
        try {
            Duration duration = read(text.strip());
            if (!duration.isNegative() && duration.compareTo(MAX) <= 0) {
                return duration;
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            // Falls through to the one complaint for all kinds of wrong.
        }
        throw Problem.invalid(field, "is no length of time", "Send seconds, or as 90s, 15m, 2h, 7d; at most 365d.");
    }

    private static Duration read(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        return text.startsWith("P") || text.startsWith("p") ? Duration.parse(text) : Durations.parse(text);
    }
}
