package io.millrace.inference.train.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.font.Typefaces;
import io.millrace.inference.poster.type.SharedTypesetter;
import io.millrace.inference.registry.Models;
import io.millrace.inference.train.PublishFunction;

/** Loads phase {@code train_publish}. */
public final class PublishFactory implements FunctionFactory {
    private static final double SIZE = 18;

    @Override
    public String name() {
        return "train_publish";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new PublishFunction(SharedTypesetter.get().faces().face(Typefaces.Weight.REGULAR, SIZE));
    }
}
