package io.millrace.inference.poster.intent;

/** Where a user wants an element. */
public enum Position {
    TOP,
    CENTER,
    BOTTOM
}
