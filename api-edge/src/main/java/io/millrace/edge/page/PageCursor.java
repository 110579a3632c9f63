package io.millrace.edge.page;

import io.millrace.edge.body.TimeText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a list that goes from new to old: what comes next is older, or as old with a lower id. Rows that are added meanwhile are
 * newer, so that no page shows a row twice or leaves one out.
 *
 * @param millis creation of the last row shown, milliseconds since 1970
 * @param id of that row
 */
public record PageCursor(long millis, String id) {
    private static final Pattern PLAIN = Pattern.compile("([0-9]{1,15}) ([\\x21-\\x7e]{1,128})");

    /** Opaque to clients. */
    public String encoded() {
        byte[] plain = (millis + " " + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }

    /** Empty when the text is no cursor. */
    public static Optional<PageCursor> decoded(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            Matcher matcher = PLAIN.matcher(plain);
            return matcher.matches()
                            && TimeText.bounded(Long.parseLong(matcher.group(1)))
                                    .isPresent()
                    ? Optional.of(new PageCursor(Long.parseLong(matcher.group(1)), matcher.group(2)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
