package io.millrace.engine;

/**
 * When a decision is taken.
 *
 * @param nowMillis wall clock, ms since 1970
 * @param epoch incarnation of the deciding subtask: grows with each recovery
 */
public record Moment(long nowMillis, long epoch) {}
