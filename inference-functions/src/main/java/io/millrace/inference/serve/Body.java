package io.millrace.inference.serve;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A request body as it arrives, up to a limit; copied once when it is as long as was announced and not very long. */
final class Body {
    /** Longer ones get their room as they come: what is announced is not always sent. */
    private static final int MOST_AT_ONCE = 256 << 10;

    private final int limit;
    private byte[] bytes;
    private int length;

    /** @param announced length in bytes, 0 when it is not known */
    Body(long announced, int limit) {
        this.limit = limit;
        this.bytes = new byte[(int) Math.max(0, Math.min(announced, Math.min(limit, MOST_AT_ONCE)))];
    }

    /**
     * Reads all of the part; does not release it.
     *
     * @throws TooLarge when the body has become longer than the limit
     */
    Body add(ByteBuf part) {
        int more = part.readableBytes();
        if (more > limit - length) {
            throw new TooLarge(limit);
        }
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(2L * bytes.length, length + more)));
        }
        part.readBytes(bytes, length, more);
        length += more;
        return this;
    }

    /** What has come; the body is not used after it. */
    byte[] toByteArray() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge(int limit) {
            super("the body is over the limit of " + limit + " bytes: send smaller batches");
        }
    }
}
