package io.millrace.inference.cover.load;

import io.millrace.inference.cover.CoverIntentFunction;
import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.poster.intent.IntentFunction;
import io.millrace.inference.poster.type.SharedTypesetter;
import io.millrace.inference.registry.Models;

/** Loads phase {@code cover_intent}. */
public final class CoverIntentFactory implements FunctionFactory {
    @Override
    public String name() {
        return "cover_intent";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new CoverIntentFunction(new IntentFunction(
                SentenceEmbedder.of(models), SharedTypesetter.get().faces()));
    }
}
