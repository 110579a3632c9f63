package io.millrace.inference.train.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.registry.Models;
import io.millrace.inference.train.PrepareFunction;

/** Loads phase {@code train_prepare}; it needs no model. */
public final class PrepareFactory implements FunctionFactory {
    @Override
    public String name() {
        return "train_prepare";
    }

    @Override
    public PhaseFunction load(Models models) {
        return new PrepareFunction();
    }
}
