package io.millrace.inference.roadmap.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.ModelFolder;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.roadmap.Knowledge;
import io.millrace.inference.roadmap.curriculum.CurriculumFunction;
import java.nio.file.Path;

/** Loads phase {@code roadmap_curriculum}. */
public final class RoadmapCurriculumFactory implements FunctionFactory {
    @Override
    public String name() {
        return "roadmap_curriculum";
    }

    @Override
    public PhaseFunction load(Path models) throws Exception {
        return new CurriculumFunction(SentenceEmbedder.shared(new ModelFolder(models)), new Knowledge());
    }
}
