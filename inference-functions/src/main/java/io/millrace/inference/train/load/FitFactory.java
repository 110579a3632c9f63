package io.millrace.inference.train.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.vision.VisionModel;
import io.millrace.inference.registry.Models;
import io.millrace.inference.train.FitFunction;
import java.nio.file.Path;
import java.time.Instant;

/** Loads phase {@code train_fit}, and removes what trainings of long ago have left. */
public final class FitFactory implements FunctionFactory {
    @Override
    public String name() {
        return "train_fit";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        Path workspaces = models.folder().resolve("trainings");
        FitFunction.sweep(workspaces, Instant.now());
        return new FitFunction(VisionModel.of(models), workspaces);
    }
}
