package io.millrace.inference.model.vision;

import ai.djl.ModelException;
import io.millrace.inference.model.ModelFolder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The one vision network of this process, which tagging, classifying and training have in common; it lives as long as the process. */
public final class SharedVision {
    private static @Nullable VisionModel model;

    private SharedVision() {}

    /** Loads it for the first who asks. */
    public static synchronized VisionModel get(ModelFolder folder) throws IOException, ModelException {
        VisionModel loaded = model;
        if (loaded == null) {
            loaded = VisionModel.load(folder);
            model = loaded;
        }
        return loaded;
    }
}
