package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.TaskStateOrBuilder;
import io.millrace.schemas.v1.Tombstone;

/** What stays of a task after its end, in at most 200 bytes. */
final class Tombstones {
    /** A user id that has more bytes is kept as a hash. */
    private static final int MAX_USER_BYTES = 64;

    private static final int MAX_REASON_BYTES = 64;

    private Tombstones() {}

    static Tombstone of(TaskState.Builder state, long expiresAtMs) {
        Tombstone.Builder tombstone = Tombstone.newBuilder()
                .setStatus(state.getStatus())
                .setVersion(state.getVersion())
                .setAttempt(state.getAttempt())
                .setStep(state.getStep())
                .setUserId(owner(state.getUserId()))
                .setInputHash(inputHash(state))
                .setExpiresAtMs(expiresAtMs);
        for (int i = state.getAnswersCount() - 1; i >= 0; i--) {
            // A refused command ended nothing: its repeat is refused again.
            if (state.getAnswers(i).getAccepted()) {
                return tombstone
                        .setEndedBy(fingerprint(state.getAnswers(i).getCommandId()))
                        .build();
            }
        }
        return tombstone.build();
    }

    /** Stops a submit that may still be on its way. */
    static Tombstone mark(String userId, String reason, String commandId, long expiresAtMs) {
        return Tombstone.newBuilder()
                .setStatus(TaskStatus.CANCELLED.wireName())
                .setUserId(owner(userId))
                .setCancelledBeforeSeen(true)
                .setReason(shortened(reason))
                .setEndedBy(fingerprint(commandId))
                .setExpiresAtMs(expiresAtMs)
                .build();
    }

    /** Retention is over: as if nothing were known of the task. */
    static boolean expired(TaskMemory memory, long nowMillis) {
        return memory.hasEnded() && memory.getEnded().getExpiresAtMs() <= nowMillis;
    }

    static boolean ownedBy(Tombstone tombstone, String userId) {
        return tombstone.getUserId().equals(owner(userId));
    }

    static boolean endedBy(Tombstone tombstone, String commandId) {
        return tombstone.getEndedBy() != 0 && tombstone.getEndedBy() == fingerprint(commandId);
    }

    /** Half of the hash is enough to tell two submits of one id apart, and keeps the tombstone small. */
    static ByteString inputHash(TaskStateOrBuilder state) {
        return PhaseItems.hash(state.getType(), state.getInputParams()).substring(0, 16);
    }

    private static long fingerprint(String commandId) {
        return PhaseItems.hash("command", ByteString.copyFromUtf8(commandId))
                .asReadOnlyByteBuffer()
                .getLong();
    }

    private static String owner(String userId) {
        ByteString bytes = ByteString.copyFromUtf8(userId);
        if (bytes.size() <= MAX_USER_BYTES) {
            return userId;
        }
        ByteString hash = PhaseItems.hash("user", bytes);
        StringBuilder hex = new StringBuilder("#");
        for (int i = 0; i < 16; i++) {
            hex.append(Character.forDigit(hash.byteAt(i) >> 4 & 15, 16))
                    .append(Character.forDigit(hash.byteAt(i) & 15, 16));
        }
        return hex.toString();
    }

    private static String shortened(String reason) {
        int end = Math.min(reason.length(), MAX_REASON_BYTES);
        while (ByteString.copyFromUtf8(reason.substring(0, end)).size() > MAX_REASON_BYTES) {
            end--;
        }
        return reason.substring(0, end);
    }
}
