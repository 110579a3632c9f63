package io.millrace.inference.roadmap.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.registry.Models;
import io.millrace.inference.roadmap.Knowledge;
import io.millrace.inference.roadmap.intent.IntentAnalysisFunction;

/** Loads phase {@code roadmap_intent}. */
public final class RoadmapIntentFactory implements FunctionFactory {
    @Override
    public String name() {
        return "roadmap_intent";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new IntentAnalysisFunction(SentenceEmbedder.of(models), new Knowledge());
    }
}
