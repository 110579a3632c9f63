package io.millrace.edge.page;

import io.millrace.edge.body.TimeText;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The query parameters of a list. One that is not known, stands twice or has a wrong value is noted; {@link #requireValid} then refuses
 * them all in one answer.
 */
public final class Query {
    /** Most rows of a page. */
    public static final int MAX_PAGE = 200;

    private static final int DEFAULT_PAGE = 50;

    private final Map<String, List<String>> given;
    private final List<FieldProblem> problems = new ArrayList<>();

    private Query(Map<String, List<String>> given) {
        this.given = given;
    }

    /** @param known every parameter the list takes */
    public static Query of(MultiValueMap<String, String> given, String... known) {
        List<String> names = List.of(known);
        Query query = new Query(given);
        for (Map.Entry<String, List<String>> parameter : given.entrySet()) {
            String name = parameter.getKey();
            if (!names.contains(name)) {
                String shown = name.length() <= 60 ? name : name.substring(0, 60) + "...";
                query.complain(
                        shown, "is not a known parameter", "Remove it. Known here: " + String.join(", ", names) + ".");
            } else if (parameter.getValue().size() > 1) {
                query.complain(name, "is given more than once", "Give it once.");
            }
        }
        return query;
    }

    /** The value; null when absent or empty. */
    public @Nullable String value(String name) {
        List<String> values = given.getOrDefault(name, List.of());
        String value = values.isEmpty() ? null : values.get(0);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** A text of at most so many characters; null when absent or too long. */
    public @Nullable String text(String name, int max) {
        String value = value(name);
        if (value != null && value.codePointCount(0, value.length()) > max) {
            complain(name, "is too long", "Send at most " + max + " characters.");
            return null;
        }
        return value;
    }

    /** One of a few texts; null when absent or none of them. */
    public @Nullable String oneOf(String name, List<String> allowed) {
        String value = value(name);
        if (value != null && !allowed.contains(value)) {
            complain(name, "is not an allowed value", "Send one of " + String.join(", ", allowed) + ".");
            return null;
        }
        return value;
    }

    /** {@code true} or {@code false}; null when absent or neither. */
    public @Nullable Boolean flag(String name) {
        String value = oneOf(name, List.of("true", "false"));
        return value == null ? null : Boolean.valueOf(value);
    }

    /** A moment as RFC 3339 or milliseconds since 1970; null when absent or neither. */
    public @Nullable Long time(String name) {
        String value = value(name);
        if (value == null) {
            return null;
        }
        // In a query a plus sign stands for a space: 12:00:00+08:00 arrives as 12:00:00 08:00.
        OptionalLong time = value.matches("[0-9]{1,15}")
                ? TimeText.bounded(Long.parseLong(value))
                : TimeText.parse(value.replace(' ', '+'));
        if (time.isEmpty()) {
            complain(name, "is no time", "Send RFC 3339, as 2026-01-31T12:00:00Z, or milliseconds since 1970.");
            return null;
        }
        return time.getAsLong();
    }

    /** {@code limit}: 1 to 200, 50 when absent. */
    public int limit() {
        String value = value("limit");
        if (value == null) {
            return DEFAULT_PAGE;
        }
        int limit = value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : 0;
        if (limit < 1 || limit > MAX_PAGE) {
            complain("limit", "is not a page size", "Send a whole number from 1 to " + MAX_PAGE + ".");
            return DEFAULT_PAGE;
        }
        return limit;
    }

    /** {@code cursor} of a list by time; null on the first page. */
    public @Nullable PageCursor cursor() {
        String value = value("cursor");
        PageCursor cursor = value == null ? null : PageCursor.decoded(value).orElse(null);
        if (value != null && cursor == null) {
            complain("cursor", "is not a cursor of this list", "Send next_cursor of the page before.");
        }
        return cursor;
    }

    public void complain(String name, String message, String remedy) {
        problems.add(new FieldProblem(name, message, remedy));
    }

    /** @throws Problem 400 naming every wrong parameter */
    public void requireValid() {
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
    }
}
