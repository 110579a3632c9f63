package io.millrace.schemas.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Options of a main class as {@code --some-name=value} or {@code --some-name value}; what is not given comes from the environment, as
 * {@code MILLRACE_SOME_NAME}. A value of white space counts as none. Whatever is wrong throws an {@link IllegalArgumentException}
 * that names the option and the remedy.
 */
public final class Options {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Map<String, String> arguments = new LinkedHashMap<>();
    private final Map<String, String> environment;
    private final TreeSet<String> asked = new TreeSet<>();

    public Options(String[] args, Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        for (int i = 0; i < args.length; i++) {
            String argument = args[i];
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || argument.length() < 3 || equals == 2) {
                throw new IllegalArgumentException("an option has the form --name=value, not: " + argument);
            }
            if (equals > 0) {
                arguments.put(argument.substring(2, equals), argument.substring(equals + 1));
            } else if (i + 1 < args.length) {
                arguments.put(argument.substring(2), args[++i]);
            } else {
                throw new IllegalArgumentException(argument + " has no value: give " + argument + "=VALUE");
            }
        }
    }

    public Optional<String> find(String name) {
        asked.add(name);
        String value = arguments.get(name);
        if (value == null) {
            value = environment.get(variable(name));
        }
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }

    public String required(String name) {
        return find(name)
                .orElseThrow(() ->
                        new IllegalArgumentException("--" + name + " is missing: give it or set " + variable(name)));
    }

    /** A whole number. */
    public int number(String name, int otherwise) {
        return number(name, otherwise, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** A whole number from {@code min} to {@code max}. */
    public int number(String name, int otherwise, int min, int max) {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, in the same words as a number out of range
        }
        throw new IllegalArgumentException(
                "--" + name + " must be a whole number from " + min + " to " + max + ", not " + text.get());
    }

    /** A duration as {@link Durations} reads them. */
    public Duration duration(String name, Duration otherwise) {
        return duration(name, otherwise, Duration.ZERO, LONGEST);
    }

    /** A duration from {@code min} to {@code max}. */
    public Duration duration(String name, Duration otherwise, Duration min, Duration max) {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            Duration duration = Durations.parse(text.get());
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // answered below, in the same words as a duration out of range
        }
        throw new IllegalArgumentException("--" + name + " must be a duration such as " + Durations.EXAMPLES + ", from "
                + min.toMillis() + "ms to " + max.toMillis() + "ms, not " + text.get());
    }

    /** Values of all options whose names begin like this, by the rest of the name, with {@code -} between words. */
    public Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new TreeMap<>();
        String variables = variable(prefix);
        environment.forEach((name, value) -> {
            if (name.startsWith(variables) && !value.isBlank()) {
                String rest = name.substring(variables.length());
                found.put(rest.toLowerCase(Locale.ROOT).replace('_', '-'), value);
            }
        });
        arguments.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                asked.add(name);
                found.put(name.substring(prefix.length()).replace('_', '-'), value);
            }
        });
        return found;
    }

    /** Arguments that nothing asked for: they are meant for another, or are misspelt. */
    public List<String> unused() {
        return arguments.keySet().stream().filter(name -> !asked.contains(name)).toList();
    }

    /** Complains of the first argument that nothing asked for: a misspelt one would else be silent. */
    public void refuseUnused() {
        unused().stream().findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("unknown option --" + name + "; known are " + asked);
        });
    }

    private static String variable(String name) {
        return "MILLRACE_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
