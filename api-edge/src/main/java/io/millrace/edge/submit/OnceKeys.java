package io.millrace.edge.submit;

import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.task.TaskId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Idempotency-Keys of what is not one task. They share the table of keys; their names there cannot meet those of tasks. */
@Component
public final class OnceKeys {
    private static final Logger LOG = LoggerFactory.getLogger(OnceKeys.class);

    private final KeyStore keys;

    OnceKeys(KeyStore keys) {
        this.keys = keys;
    }

    /** The tasks that this key of the user's made within the last day, if it made any; the newest first. */
    public static List<TaskId> lately(String userId, String key, long nowMillis) {
        return IdempotentId.lately(userId, key, nowMillis);
    }

    /**
     * The id of the campaign that this key makes: the same within one hour on every edge, and for good while the database is up.
     * Fails with a 422 problem when the key came with another body before, 400 when it is none.
     */
    public Mono<CampaignId> campaign(String userId, String key, String bodyHash, long nowMillis) {
        return Mono.defer(() -> {
            Submit.requireKey(key);
            byte[] digest = sha256("campaign\0" + userId + "\0" + key);
            ByteBuffer hash = ByteBuffer.wrap(digest);
            long bucket = IdempotentId.BUCKET.toMillis();
            CampaignId derived = CampaignId.of(nowMillis / bucket * bucket, hash.getLong(), hash.getLong());
            KeyStore.Entry own = new KeyStore.Entry(bodyHash, derived.value());
            return keys.remember(userId, "campaign " + HexFormat.of().formatHex(digest), own)
                    .map(KeyStore.Kept::entry)
                    .onErrorResume(failure -> {
                        LOG.warn("event=key_not_remembered campaign={} error={}", derived, failure.getMessage());
                        return Mono.just(own);
                    })
                    .map(entry -> {
                        Submit.requireSameBody(bodyHash, entry.bodyHash());
                        return new CampaignId(entry.taskId());
                    });
        });
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
