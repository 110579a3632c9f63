package io.millrace.inference.white.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.registry.Models;
import io.millrace.inference.white.ComposeFunction;

/** Loads phase {@code white_compose}; it needs no model. */
public final class WhiteComposeFactory implements FunctionFactory {
    @Override
    public String name() {
        return "white_compose";
    }

    @Override
    public PhaseFunction load(Models models) {
        return new ComposeFunction();
    }
}
