package io.millrace.schemas.task;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Identity of a campaign: {@code camp_} and a UUIDv7. The ids of its tasks follow from it, so that nobody has to keep a list of
 * them.
 *
 * @param value the whole id, 41 characters
 */
public record CampaignId(String value) {
    /** Most rows of one campaign. */
    public static final int MAX_ROWS = 50_000;

    private static final String PREFIX = "camp_";
    private static final String TASK_PREFIX = "task_";

    public CampaignId {
        if (!isCampaignId(value)) {
            throw new IllegalArgumentException("a campaign id is camp_ and a UUIDv7, not: " + value);
        }
    }

    public static CampaignId at(long timeMillis) {
        return new CampaignId(PREFIX + tail(TaskId.at(timeMillis)));
    }

    /** The same id for the same time and random bits: for ids that two edges must agree on. */
    public static CampaignId of(long timeMillis, long randomHigh, long randomLow) {
        return new CampaignId(PREFIX + tail(TaskId.of(timeMillis, randomHigh, randomLow)));
    }

    public static boolean isCampaignId(String text) {
        return text.startsWith(PREFIX) && TaskId.isTaskId(TASK_PREFIX + text.substring(PREFIX.length()));
    }

    /**
     * The task of a row: it bears the time of the campaign and a hash over campaign and row.
     *
     * @param row from 0
     */
    public TaskId task(int row) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(value + "/" + row));
        return TaskId.of(createdAtMillis(), hash.getLong(), hash.getLong());
    }

    public long createdAtMillis() {
        return new TaskId(TASK_PREFIX + value.substring(PREFIX.length())).createdAtMillis();
    }

    @Override
    public String toString() {
        return value;
    }

    private static String tail(TaskId id) {
        return id.value().substring(TASK_PREFIX.length());
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
