package io.millrace.inference.train.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.train.PrepareFunction;
import java.nio.file.Path;

/** Loads phase {@code train_prepare}; it needs no model. */
public final class PrepareFactory implements FunctionFactory {
    @Override
    public String name() {
        return "train_prepare";
    }

    @Override
    public PhaseFunction load(Path models) {
        return new PrepareFunction();
    }
}
