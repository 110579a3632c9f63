package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.poster.elements.ElementsFunction;
import io.millrace.inference.registry.Models;

/** Loads phase {@code elements}. */
public final class ElementsFactory implements FunctionFactory {
    @Override
    public String name() {
        return "elements";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new ElementsFunction();
    }
}
