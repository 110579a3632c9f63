package io.millrace.inference.serve;

import java.io.ByteArrayOutputStream;

/** A request body as it arrives, up to a limit. */
final class Body {
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Body(int limit) {
        this.limit = limit;
    }

    /** @throws TooLarge when the body has become longer than the limit */
    Body add(byte[] part) {
        if (bytes.size() + (long) part.length > limit) {
            throw new TooLarge(limit);
        }
        bytes.writeBytes(part);
        return this;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge(int limit) {
            super("the body is over the limit of " + limit + " bytes: send smaller batches");
        }
    }
}
