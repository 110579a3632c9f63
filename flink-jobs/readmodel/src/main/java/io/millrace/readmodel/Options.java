package io.millrace.readmodel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Options of a main class as {@code --key=value} or {@code --key value}; what is not given comes from the environment as {@code MILLRACE_KEY}. */
public final class Options {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|min|h)");

    private final Map<String, String> given = new HashMap<>();
    private final Map<String, String> environment;
    private final List<String> read = new ArrayList<>();

    /** @throws IllegalArgumentException when an argument is no option */
    public Options(String[] args, Map<String, String> environment) {
        this.environment = environment;
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--")) {
                throw new IllegalArgumentException("not an option: " + args[i] + "; write --key=value");
            }
            String option = args[i].substring(2);
            int equals = option.indexOf('=');
            if (equals >= 0) {
                given.put(option.substring(0, equals), option.substring(equals + 1));
            } else if (i + 1 < args.length) {
                given.put(option, args[++i]);
            } else {
                throw new IllegalArgumentException("--" + option + " has no value; write --" + option + "=VALUE");
            }
        }
    }

    /** @throws IllegalArgumentException when the option is not set, as the methods below when it is malformed */
    public String text(String key) {
        String value = optional(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    key + " is not set: give --" + key + "=VALUE or the environment variable " + variable(key));
        }
        return value;
    }

    /** The option or what stands for it. */
    public String text(String key, String absent) {
        String value = optional(key);
        return value == null ? absent : value;
    }

    /** @return null when the option is neither given nor in the environment */
    public @Nullable String optional(String key) {
        read.add(key);
        String value = given.get(key);
        return value == null ? environment.get(variable(key)) : value;
    }

    /** A whole number. */
    public int number(String key, int absent) {
        String value = optional(key);
        if (value == null) {
            return absent;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " must be a whole number up to 2147483647, not: " + value, e);
        }
    }

    /** A number with a unit: ms, s, min or h. */
    public Duration duration(String key, Duration absent) {
        String value = optional(key);
        if (value == null) {
            return absent;
        }
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    key + " must be a duration such as 500ms, 2s, 10min or 1h, not: " + value);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "min" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** The given options under a prefix, without it. */
    public Map<String, String> under(String prefix) {
        Map<String, String> under = new HashMap<>();
        given.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                read.add(key);
                under.put(key.substring(prefix.length()), value);
            }
        });
        return under;
    }

    /** @throws IllegalArgumentException when an option was given that nobody read: a typo would else be silent */
    public void refuseUnknown() {
        List<String> unknown = given.keySet().stream()
                .filter(key -> !read.contains(key))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            List<String> known = read.stream().distinct().sorted().toList();
            throw new IllegalArgumentException("unknown option --" + unknown.get(0) + "; known are " + known);
        }
    }

    private static String variable(String key) {
        return "MILLRACE_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
