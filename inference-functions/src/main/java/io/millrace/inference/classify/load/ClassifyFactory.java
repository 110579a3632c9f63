package io.millrace.inference.classify.load;

import io.millrace.inference.classify.ClassifyFunction;
import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.ModelFolder;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.model.vision.SharedVision;
import java.nio.file.Path;

/** Loads function {@code classify}. */
public final class ClassifyFactory implements FunctionFactory {
    @Override
    public String name() {
        return "classify";
    }

    @Override
    public PhaseFunction load(Path models) throws Exception {
        ModelFolder folder = new ModelFolder(models);
        return new ClassifyFunction(SentenceEmbedder.shared(folder), SharedVision.get(folder));
    }
}
