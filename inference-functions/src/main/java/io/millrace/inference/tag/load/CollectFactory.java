package io.millrace.inference.tag.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.vision.VisionModel;
import io.millrace.inference.registry.Models;
import io.millrace.inference.tag.CollectFunction;

/** Loads phase {@code tag_collect}. */
public final class CollectFactory implements FunctionFactory {
    @Override
    public String name() {
        return "tag_collect";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new CollectFunction(VisionModel.of(models).version());
    }
}
