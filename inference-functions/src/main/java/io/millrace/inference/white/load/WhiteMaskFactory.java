package io.millrace.inference.white.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.registry.Models;
import io.millrace.inference.white.MaskFunction;

/** Loads phase {@code white_mask}; it needs no model. */
public final class WhiteMaskFactory implements FunctionFactory {
    @Override
    public String name() {
        return "white_mask";
    }

    @Override
    public PhaseFunction load(Models models) {
        return new MaskFunction();
    }
}
