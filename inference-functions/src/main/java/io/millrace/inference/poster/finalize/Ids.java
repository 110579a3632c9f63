package io.millrace.inference.poster.finalize;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of a task's poster, layers and elements: the same task always gives the same ones. */
record Ids(String taskId) {
    /** @param kind prefix of the id; @param name unique within kind and task */
    String of(String kind, String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((taskId + "/" + kind + "/" + name).getBytes(StandardCharsets.UTF_8));
            return kind + "_" + HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
