package io.millrace.inference.roadmap.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.registry.Models;
import io.millrace.inference.roadmap.validation.ValidationFunction;

/** Loads phase {@code roadmap_validation}. */
public final class RoadmapValidationFactory implements FunctionFactory {
    @Override
    public String name() {
        return "roadmap_validation";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new ValidationFunction(SentenceEmbedder.of(models));
    }
}
