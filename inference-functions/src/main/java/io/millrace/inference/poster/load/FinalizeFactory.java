package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.poster.finalize.FinalizeFunction;
import io.millrace.inference.poster.type.SharedTypesetter;
import io.millrace.inference.registry.Models;

/** Loads phase {@code finalize}. */
public final class FinalizeFactory implements FunctionFactory {
    @Override
    public String name() {
        return "finalize";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new FinalizeFunction(SharedTypesetter.get());
    }
}
