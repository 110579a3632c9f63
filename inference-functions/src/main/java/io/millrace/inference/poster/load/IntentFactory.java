package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.ModelFolder;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.poster.intent.IntentFunction;
import io.millrace.inference.poster.type.SharedTypesetter;
import java.nio.file.Path;

/** Loads phase {@code intent}. */
public final class IntentFactory implements FunctionFactory {
    @Override
    public String name() {
        return "intent";
    }

    @Override
    public PhaseFunction load(Path models) throws Exception {
        return new IntentFunction(
                SentenceEmbedder.shared(new ModelFolder(models)),
                SharedTypesetter.get().faces());
    }
}
