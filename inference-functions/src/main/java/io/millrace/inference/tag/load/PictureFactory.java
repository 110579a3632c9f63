package io.millrace.inference.tag.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.vision.VisionModel;
import io.millrace.inference.registry.Models;
import io.millrace.inference.tag.PictureFunction;

/** Loads phase {@code tag_picture}. */
public final class PictureFactory implements FunctionFactory {
    @Override
    public String name() {
        return "tag_picture";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new PictureFunction(VisionModel.of(models));
    }
}
