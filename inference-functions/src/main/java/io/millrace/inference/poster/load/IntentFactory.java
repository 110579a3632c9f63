package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.poster.intent.IntentFunction;
import io.millrace.inference.poster.type.SharedTypesetter;
import io.millrace.inference.registry.Models;

/** Loads phase {@code intent}. */
public final class IntentFactory implements FunctionFactory {
    @Override
    public String name() {
        return "intent";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new IntentFunction(
                SentenceEmbedder.of(models), SharedTypesetter.get().faces());
    }
}
