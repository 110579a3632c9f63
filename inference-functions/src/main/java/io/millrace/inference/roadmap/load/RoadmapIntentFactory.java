package io.millrace.inference.roadmap.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.ModelFolder;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.roadmap.Knowledge;
import io.millrace.inference.roadmap.intent.IntentAnalysisFunction;
import java.nio.file.Path;

/** Loads phase {@code roadmap_intent}. */
public final class RoadmapIntentFactory implements FunctionFactory {
    @Override
    public String name() {
        return "roadmap_intent";
    }

    @Override
    public PhaseFunction load(Path models) throws Exception {
        return new IntentAnalysisFunction(SentenceEmbedder.shared(new ModelFolder(models)), new Knowledge());
    }
}
