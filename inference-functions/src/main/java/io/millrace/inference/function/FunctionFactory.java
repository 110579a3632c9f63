package io.millrace.inference.function;

import io.millrace.inference.registry.Models;

/**
 * Makes one phase function. Implementations are found through {@link java.util.ServiceLoader}: public, with a constructor without
 * arguments that does no work.
 *
 * <p>Factories are loaded one after the other on one background thread, in the order of the provider file, while the functions loaded
 * before them already serve. What one factory throws makes only its own function unavailable.
 */
public interface FunctionFactory {
    /** Name of the function it makes, the same as {@link PhaseFunction#name()}; letters, digits, {@code -} and {@code _}. */
    String name();

    /**
     * Loads what the function needs.
     *
     * @param models of the process, which load for the first who asks and are closed after all functions
     * @throws Exception when the model cannot be used; the message is shown in the health report and to callers
     */
    PhaseFunction load(Models models) throws Exception;
}
