package io.millrace.inference.function;

/** One item of a batch. */
public record PhaseCall(PhaseInput input, PhaseContext context) {}
