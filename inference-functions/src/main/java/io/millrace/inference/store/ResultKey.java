package io.millrace.inference.store;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Under what a result is stored and joined: the task, the phase and everything the result depends on.
 *
 * @param hex SHA-256, 64 lower-case hex digits
 */
public record ResultKey(String hex) {
    /**
     * The key of one item for one version of its function.
     *
     * @param version version of the function's model and code
     * @param round part of what a function sees, so part of the key
     * @param item place in the list of a phase that runs for each element, from 1; 0: the phase runs once
     * @param inputHash of the item, as the orchestrator computed it
     */
    public static ResultKey of(
            String taskId, String phase, String function, String version, int round, int item, ByteString inputHash) {
        MessageDigest digest = sha256();
        for (String text : new String[] {taskId, phase, function, version, round + "/" + item}) {
            add(digest, text.getBytes(StandardCharsets.UTF_8));
        }
        add(digest, inputHash.toByteArray());
        return new ResultKey(HexFormat.of().formatHex(digest.digest()));
    }

    // The length stands first, so that no two lists of fields read the same.
    private static void add(MessageDigest digest, byte[] field) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        digest.update(field);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
