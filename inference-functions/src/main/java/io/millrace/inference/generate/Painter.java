package io.millrace.inference.generate;

import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import java.awt.image.BufferedImage;

/** A model that makes a picture from a wish; used by several threads at once. The same wish gives the same pixels on the same machine. */
public interface Painter extends AutoCloseable {
    /** Version of model and code; results of another one are not reused. */
    String version();

    /** What the model is, and what it cannot do, for people who see the result. */
    String description();

    /**
     * Paints; calls {@link PhaseContext#checkWanted()} and {@link PhaseContext#tick} now and then.
     *
     * @return a picture of exactly the wished size
     * @throws PhaseFailure BAD_INPUT when the wish is beyond the model, MODEL_ERROR when the model failed
     */
    BufferedImage paint(Wish wish, PhaseContext context) throws PhaseFailure;

    @Override
    default void close() {}
}
