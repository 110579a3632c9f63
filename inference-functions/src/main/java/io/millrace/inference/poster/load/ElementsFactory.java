package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.poster.elements.ElementsFunction;
import java.nio.file.Path;

/** Loads phase {@code elements}. */
public final class ElementsFactory implements FunctionFactory {
    @Override
    public String name() {
        return "elements";
    }

    @Override
    public PhaseFunction load(Path models) throws Exception {
        return new ElementsFunction();
    }
}
