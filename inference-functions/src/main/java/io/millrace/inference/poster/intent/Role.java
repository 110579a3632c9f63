package io.millrace.inference.poster.intent;

/** What a text does on the poster, in reading order. */
public enum Role {
    BRAND,
    KICKER,
    HEADLINE,
    SUBTITLE,
    FEATURE,
    DATE,
    BODY,
    CTA,
    FOOTER
}
