package io.millrace.inference.generate.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.generate.CollectFunction;
import io.millrace.inference.registry.Models;

/** Loads phase {@code generate_collect}; it needs no model. */
public final class CollectFactory implements FunctionFactory {
    @Override
    public String name() {
        return "generate_collect";
    }

    @Override
    public PhaseFunction load(Models models) {
        return new CollectFunction();
    }
}
