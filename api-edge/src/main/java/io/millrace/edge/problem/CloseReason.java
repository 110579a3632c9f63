package io.millrace.edge.problem;

import io.millrace.edge.Json;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why the edge ends a stream or socket that its client wanted to go on with. One number on all transports: the close code of a WebSocket,
 * the {@code code} of the event {@code closed} on SSE, the error code of an RSocket stream.
 */
public enum CloseReason {
    /** What the client sent made no sense a hundred times. */
    BAD_MESSAGES(4400, false, "Read what the messages of type refused say; the client needs a fix."),
    /** The token it was opened with has expired. */
    TOKEN_EXPIRED(4401, true, "Renew the token, then open the stream again with the last cursor."),
    /** The client took events more slowly than they came, and even ends of tasks piled up. */
    SLOW_CONSUMER(4408, true, "Open the stream again with the last cursor: nothing is lost."),
    /** Nothing was heard of the client for long, not even an answer to a ping. */
    SILENT(4409, true, "Open it again with the last cursor: nothing is lost."),
    /** A stream lives a day at most. */
    STREAM_TOO_LONG(4410, true, "Open the stream again with the last cursor."),
    /** The log behind it was emptied: its places are no more. */
    LOG_RESET(4411, true, "Open the stream again with the last cursor: a gap and a snapshot come first.");

    private final int code;
    private final boolean reconnect;
    private final String remedy;

    CloseReason(int code, boolean reconnect, String remedy) {
        this.code = code;
        this.reconnect = reconnect;
        this.remedy = remedy;
    }

    public int code() {
        return code;
    }

    /** {@code token_expired} and so on. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code {event: "closed", code, reason, reconnect, remedy}}. */
    public ObjectNode json() {
        return Json.object()
                .put("event", "closed")
                .put("code", code)
                .put("reason", text())
                .put("reconnect", reconnect)
                .put("remedy", remedy);
    }

    public StreamClosed failure() {
        return new StreamClosed(this);
    }
}
