package io.millrace.inference.roadmap.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.registry.Models;
import io.millrace.inference.roadmap.Knowledge;
import io.millrace.inference.roadmap.curriculum.CurriculumFunction;

/** Loads phase {@code roadmap_curriculum}. */
public final class RoadmapCurriculumFactory implements FunctionFactory {
    @Override
    public String name() {
        return "roadmap_curriculum";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new CurriculumFunction(SentenceEmbedder.of(models), new Knowledge());
    }
}
