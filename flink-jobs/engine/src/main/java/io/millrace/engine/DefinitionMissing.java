package io.millrace.engine;

/**
 * A decision needs a definition that was there when its subject began, and is not any more. No defect of the message: once somebody
 * has added the definition back it can be decided, so the caller keeps the message until then.
 */
public final class DefinitionMissing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what that is missing, as {@code lane words} */
    public DefinitionMissing(String what) {
        super(what + " is not among the definitions: add it back");
    }
}
