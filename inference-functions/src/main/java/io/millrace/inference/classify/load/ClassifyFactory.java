package io.millrace.inference.classify.load;

import io.millrace.inference.classify.ClassifyFunction;
import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.model.vision.VisionModel;
import io.millrace.inference.registry.Models;

/** Loads function {@code classify}. */
public final class ClassifyFactory implements FunctionFactory {
    @Override
    public String name() {
        return "classify";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new ClassifyFunction(SentenceEmbedder.of(models), VisionModel.of(models));
    }
}
