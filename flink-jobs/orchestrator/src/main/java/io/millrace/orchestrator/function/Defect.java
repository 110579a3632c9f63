package io.millrace.orchestrator.function;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.millrace.schemas.v1.RejectedRecord;
import org.apache.flink.statefun.sdk.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A decision that threw. The message becomes a dead letter and the job goes on: after a restart it would meet the same
 * message again, for ever.
 */
final class Defect {
    private static final int MAX_MESSAGE = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Defect.class);

    private Defect() {}

    static void report(Context context, Object message, RuntimeException thrown) {
        String type = context.self().type().toString();
        String reason = reason(thrown);
        LOG.error(
                "event=defect function={} id={} error=\"{}\"",
                type,
                context.self().id(),
                reason);
        context.metrics().counter("defects").inc();
        ByteString bytes = message instanceof MessageLite proto ? proto.toByteString() : ByteString.EMPTY;
        Effects.reject(
                context,
                RejectedRecord.newBuilder()
                        .setKey(ByteString.copyFromUtf8(context.self().id()))
                        .setValue(bytes)
                        .setSource(type)
                        .setReason(reason)
                        .build());
    }

    static void unexpected(Context context, Object message) {
        report(context, message, new IllegalArgumentException("no message of this function: " + message.getClass()));
    }

    /** What was thrown and where, on one line. It becomes the message of a task's error, so it is short. */
    static String reason(RuntimeException thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        String message = String.valueOf(thrown.getMessage());
        String shown = message.substring(0, Math.min(message.length(), MAX_MESSAGE));
        return thrown.getClass().getSimpleName() + ": " + shown + place;
    }
}
