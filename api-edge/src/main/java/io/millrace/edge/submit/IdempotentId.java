package io.millrace.edge.submit;

import io.millrace.schemas.task.TaskId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Task ids made from tenant and Idempotency-Key, so that two edges that have never heard of each other agree. The time in the id is the
 * start of the hour: within one hour the same key gives the same id without asking anybody. Across hours the table of keys
 * answers, and while that is down the ids of the last 24 hours are looked up in the live view.
 */
final class IdempotentId {
    static final Duration BUCKET = Duration.ofHours(1);
    private static final int BUCKETS_REMEMBERED = 24;

    private IdempotentId() {}

    static TaskId of(String userId, String key, long nowMillis) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(userId + "\0" + key));
        long bucket = BUCKET.toMillis();
        return TaskId.of(nowMillis / bucket * bucket, hash.getLong(), hash.getLong());
    }

    /** The ids this key gave in the last hours, this hour's first. */
    static List<TaskId> lately(String userId, String key, long nowMillis) {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < BUCKETS_REMEMBERED; i++) {
            ids.add(of(userId, key, nowMillis - i * BUCKET.toMillis()));
        }
        return ids;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
