package io.millrace.schemas.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them. */
public final class Durations {
    /** For messages: {@code must be a duration such as ...}. */
    public static final String EXAMPLES = "500ms, 30s, 5m, 24h or 90d";

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|min|h|d)");

    private Durations() {}

    /** @throws IllegalArgumentException when the text is no number with a unit: ms, s, m (or min), h or d */
    public static Duration parse(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a duration such as " + EXAMPLES + ", not " + text);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofMinutes(amount);
        };
    }
}
