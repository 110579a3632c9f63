package io.millrace.edge.prefer;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * How long an answer may wait for the end of its task. What the header says beside {@code wait}, or says wrongly, is ignored, as RFC
 * 7240 demands.
 *
 * @param patience zero (answer at once) to {@link #LONGEST}
 */
public record Preference(Duration patience) {
    /** Proxies and clients commonly give up a silent connection after a minute; a longer wait is shortened to this. */
    public static final Duration LONGEST = Duration.ofSeconds(55);

    private static final Pattern WAIT =
            Pattern.compile("(?i)(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:$|[,;])");

    /** @param header the {@code Prefer} header, several of them joined with commas; null when there is none */
    public static Preference of(@Nullable String header) {
        Matcher wait = WAIT.matcher(Objects.requireNonNullElse(header, ""));
        Duration asked = wait.find() ? Duration.ofSeconds(Long.parseLong(wait.group(1))) : Duration.ZERO;
        return new Preference(asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
    }

    public boolean isToWait() {
        return !patience.isZero();
    }

    /** Tells the caller how long the answer was prepared to wait; empty when it was not. */
    public HttpHeaders applied() {
        HttpHeaders headers = new HttpHeaders();
        if (isToWait()) {
            headers.set("Preference-Applied", "wait=" + patience.toSeconds());
        }
        return headers;
    }
}
