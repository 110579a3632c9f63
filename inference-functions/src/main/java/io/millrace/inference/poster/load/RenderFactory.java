package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.poster.render.RenderFunction;
import io.millrace.inference.poster.type.SharedTypesetter;
import io.millrace.inference.registry.Models;

/** Loads function {@code render}. */
public final class RenderFactory implements FunctionFactory {
    @Override
    public String name() {
        return "render";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new RenderFunction(SharedTypesetter.get());
    }
}
