package io.millrace.inference.generate;

import io.millrace.inference.registry.Models;

/**
 * Makes a painter. Implementations are found through {@link java.util.ServiceLoader} on the class path of the inference process, so that an
 * installation adds a model (a diffusion pipeline, say) as a jar, and tasks name it with {@code "model": "NAME"}.
 */
public interface PainterFactory {
    /** Name that tasks use; letters, digits, {@code -} and {@code _}. */
    String name();

    /**
     * Loads the model, once, when the functions of {@code generate} are loaded.
     *
     * @param models of the process; one of the painter's own is an entry in the folder's {@code models.yaml}
     * @throws Exception when it cannot be used: tasks that name it fail with the message, others do not notice
     */
    Painter load(Models models) throws Exception;
}
