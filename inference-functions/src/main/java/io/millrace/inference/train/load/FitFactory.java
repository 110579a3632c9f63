package io.millrace.inference.train.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.ModelFolder;
import io.millrace.inference.model.vision.SharedVision;
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
    public PhaseFunction load(Path models) throws Exception {
        Path workspaces = models.resolve("trainings");
        FitFunction.sweep(workspaces, Instant.now());
        return new FitFunction(SharedVision.get(new ModelFolder(models)), workspaces);
    }
}
