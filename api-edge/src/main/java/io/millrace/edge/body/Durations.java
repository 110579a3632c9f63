package io.millrace.edge.body;

import io.millrace.edge.problem.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 90} (seconds), {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d} or ISO 8601. */
public final class Durations {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");
    private static final Duration MAX = Duration.ofDays(365);

    private Durations() {}

    /** @throws Problem 400 naming the field */
    public static Duration parse(String field, String text) {
        try {
            Duration duration = read(text.strip());
            if (!duration.isNegative() && duration.compareTo(MAX) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // Falls through to the one complaint for all kinds of wrong.
        }
        throw Problem.invalid(field, "is no length of time", "Send seconds, or as 90s, 15m, 2h, 7d; at most 365d.");
    }

    private static Duration read(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            return Duration.parse(text);
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
