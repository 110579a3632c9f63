package io.millrace.inference.white.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.white.MaskFunction;
import java.nio.file.Path;

/** Loads phase {@code white_mask}; it needs no model. */
public final class WhiteMaskFactory implements FunctionFactory {
    @Override
    public String name() {
        return "white_mask";
    }

    @Override
    public PhaseFunction load(Path models) {
        return new MaskFunction();
    }
}
