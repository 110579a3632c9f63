package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.poster.text.TextFunction;
import io.millrace.inference.poster.type.SharedTypesetter;
import io.millrace.inference.registry.Models;

/** Loads phase {@code text}. */
public final class TextFactory implements FunctionFactory {
    @Override
    public String name() {
        return "text";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new TextFunction(SharedTypesetter.get());
    }
}
