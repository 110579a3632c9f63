package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.pattern.PatternModel;
import io.millrace.inference.poster.background.BackgroundFunction;
import io.millrace.inference.registry.Models;

/** Loads phase {@code background}. */
public final class BackgroundFactory implements FunctionFactory {
    @Override
    public String name() {
        return "background";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new BackgroundFunction(PatternModel.of(models));
    }
}
