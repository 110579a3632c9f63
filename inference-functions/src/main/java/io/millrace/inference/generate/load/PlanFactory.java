package io.millrace.inference.generate.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.generate.Configs;
import io.millrace.inference.generate.PlanFunction;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.poster.intent.IntentFunction;
import io.millrace.inference.poster.type.SharedTypesetter;
import io.millrace.inference.registry.Models;

/** Loads phase {@code generate_plan}. */
public final class PlanFactory implements FunctionFactory {
    @Override
    public String name() {
        return "generate_plan";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new PlanFunction(
                new IntentFunction(
                        SentenceEmbedder.of(models), SharedTypesetter.get().faces()),
                Configs.load(models.folder()),
                SharedPainters.get(models));
    }
}
