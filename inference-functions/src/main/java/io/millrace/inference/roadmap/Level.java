package io.millrace.inference.roadmap;

import java.util.Locale;
import java.util.Optional;

/** Where a learner stands. */
public enum Level {
    BEGINNER,
    INTERMEDIATE,
    ADVANCED;

    /** By the name used in parameters and results, any case. */
    public static Optional<Level> named(String name) {
        for (Level level : values()) {
            if (level.label().equals(name.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /** Name in parameters and results. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
