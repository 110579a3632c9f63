package io.millrace.inference.poster.type;

/** How lines stand in their box. */
public enum Align {
    LEFT,
    CENTER
}
