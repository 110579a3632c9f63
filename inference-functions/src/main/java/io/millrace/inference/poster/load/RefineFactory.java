package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.poster.refine.RefineFunction;
import io.millrace.inference.registry.Models;

/** Loads phase {@code refine}. */
public final class RefineFactory implements FunctionFactory {
    @Override
    public String name() {
        return "refine";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new RefineFunction();
    }
}
