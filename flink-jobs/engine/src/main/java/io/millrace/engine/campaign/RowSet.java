package io.millrace.engine.campaign;

import com.google.protobuf.ByteString;

/** A set of rows as one bit for each, without trailing zero bytes: empty sets cost nothing, 50,000 rows at most 6,250 bytes. */
final class RowSet {
    private RowSet() {}

    static boolean has(ByteString set, int row) {
        int at = row >>> 3;
        return at < set.size() && (set.byteAt(at) >>> (row & 7) & 1) != 0;
    }

    static ByteString with(ByteString set, int row) {
        int at = row >>> 3;
        byte[] bytes = new byte[Math.max(set.size(), at + 1)];
        set.copyTo(bytes, 0);
        bytes[at] |= (byte) (1 << (row & 7));
        return ByteString.copyFrom(bytes);
    }

    static ByteString without(ByteString set, int row) {
        if (!has(set, row)) {
            return set;
        }
        byte[] bytes = set.toByteArray();
        bytes[row >>> 3] &= (byte) ~(1 << (row & 7));
        return trimmed(bytes);
    }

    static int count(ByteString set) {
        int count = 0;
        for (byte eight : set.toByteArray()) {
            count += Integer.bitCount(eight & 0xff);
        }
        return count;
    }

    /** The rows below {@code total} that are in none of the sets. */
    static ByteString others(int total, ByteString... sets) {
        byte[] bytes = new byte[(total + 7) / 8];
        for (int row = 0; row < total; row++) {
            bytes[row >>> 3] |= (byte) (1 << (row & 7));
        }
        for (ByteString set : sets) {
            for (int i = 0; i < Math.min(bytes.length, set.size()); i++) {
                bytes[i] &= (byte) ~set.byteAt(i);
            }
        }
        return trimmed(bytes);
    }

    private static ByteString trimmed(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return ByteString.copyFrom(bytes, 0, length);
    }
}
