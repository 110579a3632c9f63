package io.millrace.inference.poster;

import java.util.Locale;

/** What a poster is for. */
public enum Occasion {
    RECRUIT,
    FESTIVAL,
    PRODUCT,
    PROMO,
    EVENT,
    EDUCATION,
    QUOTE;

    /** Name in results. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
