package io.millrace.inference.tag.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.registry.Models;
import io.millrace.inference.tag.ListFunction;

/** Loads phase {@code tag_list}; it needs no model. */
public final class ListFactory implements FunctionFactory {
    @Override
    public String name() {
        return "tag_list";
    }

    @Override
    public PhaseFunction load(Models models) {
        return new ListFunction();
    }
}
