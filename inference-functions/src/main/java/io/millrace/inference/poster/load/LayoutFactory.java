package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.poster.layout.LayoutFunction;
import io.millrace.inference.poster.type.SharedTypesetter;
import io.millrace.inference.registry.Models;

/** Loads phase {@code layout}. */
public final class LayoutFactory implements FunctionFactory {
    @Override
    public String name() {
        return "layout";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new LayoutFunction(SharedTypesetter.get());
    }
}
