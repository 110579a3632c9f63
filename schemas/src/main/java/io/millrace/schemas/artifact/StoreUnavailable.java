package io.millrace.schemas.artifact;

import java.io.IOException;

/** The store did not do what it was asked for, through no fault of who asked: it may do it later. */
public final class StoreUnavailable extends IOException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
