package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.poster.quality.QualityFunction;
import io.millrace.inference.registry.Models;

/** Loads phase {@code quality}. */
public final class QualityFactory implements FunctionFactory {
    @Override
    public String name() {
        return "quality";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new QualityFunction();
    }
}
