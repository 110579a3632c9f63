package io.millrace.inference.poster.finalize;

import io.millrace.schemas.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids of a task's poster, layers and elements: the same task always gives the same ones. They begin with the time of the task, as its
 * own id does, so that a database adds them at the end of its keys and not all over them.
 */
record Ids(TaskId task) {
    private static final int TIME_DIGITS = 12;
    private static final int HASH_BYTES = 10;

    /** @param kind prefix of the id; @param name unique within kind and task */
    String of(String kind, String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((task + "/" + kind + "/" + name).getBytes(StandardCharsets.UTF_8));
            HexFormat hex = HexFormat.of();
            return kind + "_" + hex.toHexDigits(task.createdAtMillis(), TIME_DIGITS)
                    + hex.formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
