package io.millrace.inference.poster;

import java.util.Locale;
import java.util.Optional;

/** The looks a poster can have. */
public enum Style {
    BUSINESS,
    CARTOON,
    MINIMALIST,
    TECH,
    ELEGANT,
    RETRO,
    CHINESE;

    /** By the name used in parameters and results, any case. */
    public static Optional<Style> named(String name) {
        for (Style style : values()) {
            if (style.label().equals(name.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(style);
            }
        }
        return Optional.empty();
    }

    /** Name in parameters and results. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
