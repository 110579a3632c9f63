package io.millrace.orchestrator.function;

import com.google.protobuf.ByteString;
import io.millrace.schemas.v1.RejectedRecord;

/** Keeps what goes to {@code tasks.rejected.v1} far below the largest record: one that Kafka refuses would restart the job, for ever. */
final class DeadLetters {
    static final int MAX_VALUE = 1 << 20;
    static final int MAX_KEY = 16 << 10;
    static final int MAX_REASON = 1000;

    private DeadLetters() {}

    /** The record itself where it is small enough; else its first bytes, with a reason that says so. */
    static RejectedRecord bounded(RejectedRecord rejected) {
        ByteString value = rejected.getValue();
        ByteString key = rejected.getKey();
        String reason = rejected.getReason();
        if (value.size() <= MAX_VALUE && key.size() <= MAX_KEY && reason.length() <= MAX_REASON) {
            return rejected;
        }
        String shown = reason.substring(0, Math.min(reason.length(), MAX_REASON));
        return rejected.toBuilder()
                .setValue(first(value, MAX_VALUE))
                .setKey(first(key, MAX_KEY))
                .setReason(shown + cut("value", value, MAX_VALUE) + cut("key", key, MAX_KEY))
                .build();
    }

    private static ByteString first(ByteString bytes, int max) {
        return bytes.substring(0, Math.min(bytes.size(), max));
    }

    private static String cut(String what, ByteString bytes, int max) {
        return bytes.size() <= max ? "" : " (of the " + what + " the first " + max + " of " + bytes.size() + " bytes)";
    }
}
