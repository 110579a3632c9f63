package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.poster.refine.RefineFunction;
import java.nio.file.Path;

/** Loads phase {@code refine}. */
public final class RefineFactory implements FunctionFactory {
    @Override
    public String name() {
        return "refine";
    }

    @Override
    public PhaseFunction load(Path models) throws Exception {
        return new RefineFunction();
    }
}
