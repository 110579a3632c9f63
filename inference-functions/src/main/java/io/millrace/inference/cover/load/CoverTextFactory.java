package io.millrace.inference.cover.load;

import io.millrace.inference.cover.CoverTextFunction;
import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.poster.elements.ElementsFunction;
import io.millrace.inference.poster.text.TextFunction;
import io.millrace.inference.poster.type.SharedTypesetter;
import io.millrace.inference.registry.Models;

/** Loads phase {@code cover_text}. */
public final class CoverTextFactory implements FunctionFactory {
    @Override
    public String name() {
        return "cover_text";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new CoverTextFunction(new ElementsFunction(), new TextFunction(SharedTypesetter.get()));
    }
}
