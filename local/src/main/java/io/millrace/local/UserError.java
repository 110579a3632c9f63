package io.millrace.local;

/** A failure a person can do something about. Its message is one sentence or two: what is wrong, and the remedy. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }

    /** The message alone. */
    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}
