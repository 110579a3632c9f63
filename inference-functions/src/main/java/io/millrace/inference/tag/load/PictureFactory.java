package io.millrace.inference.tag.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.ModelFolder;
import io.millrace.inference.model.vision.SharedVision;
import io.millrace.inference.tag.PictureFunction;
import java.nio.file.Path;

/** Loads phase {@code tag_picture}. */
public final class PictureFactory implements FunctionFactory {
    @Override
    public String name() {
        return "tag_picture";
    }

    @Override
    public PhaseFunction load(Path models) throws Exception {
        return new PictureFunction(SharedVision.get(new ModelFolder(models)));
    }
}
