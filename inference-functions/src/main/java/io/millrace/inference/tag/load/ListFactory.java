package io.millrace.inference.tag.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.vision.VisionModel;
import io.millrace.inference.registry.Models;
import io.millrace.inference.tag.ListFunction;

/** Loads phase {@code tag_list}. */
public final class ListFactory implements FunctionFactory {
    @Override
    public String name() {
        return "tag_list";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new ListFunction(VisionModel.of(models).version());
    }
}
