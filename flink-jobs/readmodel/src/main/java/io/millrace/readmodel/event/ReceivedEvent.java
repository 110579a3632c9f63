package io.millrace.readmodel.event;

import java.nio.charset.StandardCharsets;

/**
 * One record of {@code tasks.events.v1}, unread. Arrays are owned by the event and never changed: a copy for each record would
 * cost more than reading it.
 *
 * @param type the CloudEvents type; empty when the header is missing
 * @param key as received, the task id in UTF-8; empty when there is none
 * @param value as received, one JSON object in UTF-8; empty when there is none
 * @param partition where it came from, from 0
 * @param offset where it came from, from 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReceivedEvent(String type, byte[] key, byte[] value, int partition, long offset) {
    private static final int OVERHEAD_BYTES = 96;

    /** About what the event takes of the heap. */
    public int sizeBytes() {
        return OVERHEAD_BYTES + key.length + value.length;
    }

    /** Names the event in logs and reasons, without its content. */
    @Override
    public String toString() {
        return "partition=" + partition + " offset=" + offset + " task=" + new String(key, StandardCharsets.UTF_8);
    }
}
