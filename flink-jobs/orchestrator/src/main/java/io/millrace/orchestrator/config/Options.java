package io.millrace.orchestrator.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Values given as {@code --some-name=value}, or else as {@code MILLRACE_SOME_NAME} in the environment. */
final class Options {
    private final Map<String, String> arguments;
    private final Map<String, String> environment;
    private final Set<String> asked = new LinkedHashSet<>();

    private Options(Map<String, String> arguments, Map<String, String> environment) {
        this.arguments = arguments;
        this.environment = environment;
    }

    static Options of(String[] args, Map<String, String> environment) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (String argument : args) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 3) {
                throw new IllegalArgumentException("an option has the form --name=value, not: " + argument);
            }
            arguments.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        return new Options(arguments, environment);
    }

    Optional<String> find(String name) {
        asked.add(name);
        String value = arguments.get(name);
        if (value == null) {
            value = environment.get(environmentName(name));
        }
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }

    /** Values of all options whose names begin like this, by the rest of the name, with {@code -} between words. */
    Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new TreeMap<>();
        String environmentPrefix = environmentName(prefix);
        environment.forEach((name, value) -> {
            if (name.startsWith(environmentPrefix) && !value.isBlank()) {
                String rest = name.substring(environmentPrefix.length());
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

    String required(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--" + name + " is missing: give it or set " + environmentName(name)));
    }

    /** A whole number from {@code min} to {@code max}. */
    int number(String name, int otherwise, int min, int max) {
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

    /** {@code 500ms}, {@code 30s}, {@code 5m} or {@code 24h}. */
    Duration duration(String name, Duration otherwise, Duration min, Duration max) {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            Duration duration = parse(text.get());
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                return duration;
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            // answered below, in the same words as a duration out of range
        }
        throw new IllegalArgumentException("--" + name + " must be a duration such as 500ms, 30s, 5m or 24h, from "
                + min.toMillis() + "ms to " + max.toMillis() + "ms, not " + text.get());
    }

    /** Arguments that nothing asked for: they belong to another job, or are misspelt. */
    List<String> unused() {
        return arguments.keySet().stream().filter(name -> !asked.contains(name)).toList();
    }

    private static Duration parse(String text) {
        if (text.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
        }
        return Duration.parse("PT" + text);
    }

    private static String environmentName(String name) {
        return "MILLRACE_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
