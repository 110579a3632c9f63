package io.millrace.readmodel.row;

/** An event that no table can take, now or later. The message names the field and what is wrong with it. */
public final class UnreadableEvent extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableEvent(String message) {
        super(message);
    }

    UnreadableEvent(String message, Throwable cause) {
        super(message, cause);
    }
}
