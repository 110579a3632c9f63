package io.millrace.edge.problem;

/** The edge ends a stream; each transport tells its client in its own way. */
public final class StreamClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    StreamClosed(CloseReason reason) {
        super(reason.text(), null, false, false);
        this.reason = reason;
    }

    public CloseReason reason() {
        return reason;
    }
}
