package io.millrace.inference.generate.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.generate.PaintFunction;
import io.millrace.inference.registry.Models;

/** Loads phase {@code generate_paint}. */
public final class PaintFactory implements FunctionFactory {
    @Override
    public String name() {
        return "generate_paint";
    }

    @Override
    public PhaseFunction load(Models models) {
        return new PaintFunction(SharedPainters.get(models));
    }
}
