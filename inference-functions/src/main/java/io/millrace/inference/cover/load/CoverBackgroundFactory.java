package io.millrace.inference.cover.load;

import io.millrace.inference.cover.CoverBackgroundFunction;
import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.pattern.PatternModel;
import io.millrace.inference.poster.background.BackgroundFunction;
import io.millrace.inference.poster.layout.LayoutFunction;
import io.millrace.inference.poster.type.SharedTypesetter;
import io.millrace.inference.registry.Models;

/** Loads phase {@code cover_background}. */
public final class CoverBackgroundFactory implements FunctionFactory {
    @Override
    public String name() {
        return "cover_background";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new CoverBackgroundFunction(
                new LayoutFunction(SharedTypesetter.get()), new BackgroundFunction(PatternModel.of(models)));
    }
}
