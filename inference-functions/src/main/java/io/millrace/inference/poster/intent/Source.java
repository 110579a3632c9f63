package io.millrace.inference.poster.intent;

/** Where a text comes from. Only suggestions may be dropped or reworded without asking. */
public enum Source {
    GIVEN,
    QUOTED,
    FOUND,
    SUGGESTED
}
