package io.millrace.inference.generate.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.generate.Configs;
import io.millrace.inference.generate.PlanFunction;
import io.millrace.inference.model.ModelFolder;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.poster.intent.IntentFunction;
import io.millrace.inference.poster.type.SharedTypesetter;
import java.nio.file.Path;

/** Loads phase {@code generate_plan}. */
public final class PlanFactory implements FunctionFactory {
    @Override
    public String name() {
        return "generate_plan";
    }

    @Override
    public PhaseFunction load(Path models) throws Exception {
        return new PlanFunction(
                new IntentFunction(
                        SentenceEmbedder.shared(new ModelFolder(models)),
                        SharedTypesetter.get().faces()),
                Configs.load(models),
                SharedPainters.get(models));
    }
}
