package io.millrace.inference.registry;

/** A model cannot be used. The message names it and says why. */
public final class ModelFault extends Exception {
    private static final long serialVersionUID = 1L;

    ModelFault(String message) {
        super(message);
    }

    ModelFault(String message, Throwable cause) {
        super(message, cause);
    }
}
