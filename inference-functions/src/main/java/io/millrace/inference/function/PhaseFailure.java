package io.millrace.inference.function;

import io.millrace.schemas.task.ErrorCode;

/** Why an item was not computed. */
public final class PhaseFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public PhaseFailure(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    private PhaseFailure(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The input cannot be worked with: names the field and what it must be. */
    public static PhaseFailure badInput(String field, String rule) {
        return new PhaseFailure(ErrorCode.BAD_INPUT, field + " " + rule);
    }

    /** The model or its code failed. */
    public static PhaseFailure modelError(Exception cause) {
        return new PhaseFailure(
                ErrorCode.MODEL_ERROR, cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    }

    public ErrorCode code() {
        return code;
    }
}
