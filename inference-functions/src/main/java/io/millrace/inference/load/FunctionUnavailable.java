package io.millrace.inference.load;

/** A function's model could not be loaded. The message says why. */
public final class FunctionUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    FunctionUnavailable(String message) {
        super(message);
    }
}
