package io.millrace.schemas.topic;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A position in {@code tasks.progress.v1}: the SSE id, the RSocket cursor and the replay token of one and the same record.
 *
 * @param partition the partition, from 0
 * @param offset offset of the last record that was seen, from 0; -1 for none
 * @param epoch incarnation of the orchestrator that wrote that record, 0 when it carried none
 */
public record Cursor(int partition, long offset, long epoch) {
    private static final int BYTES = Integer.BYTES + Long.BYTES + Long.BYTES;

    public Cursor {
        if (partition < 0 || offset < -1 || epoch < 0) {
            throw new IllegalArgumentException("no position: " + partition + "/" + offset + "/" + epoch);
        }
    }

    /** Opaque to clients, 27 characters of base64url. */
    public String encode() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putInt(partition)
                .putLong(offset)
                .putLong(epoch)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws IllegalArgumentException when the text was not made by {@link #encode()} */
    public static Cursor decode(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a cursor has " + BYTES + " bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Cursor(buffer.getInt(), buffer.getLong(), buffer.getLong());
    }
}
