package io.millrace.inference.cover.load;

import io.millrace.inference.cover.CoverFinalizeFunction;
import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.registry.Models;

/** Loads phase {@code cover_finalize}. */
public final class CoverFinalizeFactory implements FunctionFactory {
    @Override
    public String name() {
        return "cover_finalize";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new CoverFinalizeFunction();
    }
}
