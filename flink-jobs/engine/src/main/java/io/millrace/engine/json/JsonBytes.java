package io.millrace.engine.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;

/**
 * Builds one JSON object as UTF-8 bytes, without an object in between: events are written a hundred thousand times a second.
 * Fields that are empty are left out; nesting is the caller's, through {@link #raw} and {@link #open}.
 */
public final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;
    private boolean first = true;

    public JsonBytes(int expectedBytes) {
        bytes = new byte[Math.max(32, expectedBytes)];
        append((byte) '{');
    }

    public JsonBytes text(String name, String value) {
        if (!value.isEmpty()) {
            name(name);
            quoted(value);
        }
        return this;
    }

    public JsonBytes number(String name, long value) {
        name(name);
        ascii(Long.toString(value));
        return this;
    }

    /** A time in ms since 1970; left out when it is 0, not known. */
    public JsonBytes time(String name, long millis) {
        return millis == 0 ? this : number(name, millis);
    }

    /** A value that is JSON already; left out when empty. */
    public JsonBytes raw(String name, ByteString json) {
        if (!json.isEmpty()) {
            name(name);
            copy(json);
        }
        return this;
    }

    /** Bytes as lower-case hexadecimal digits; left out when empty. */
    public JsonBytes hex(String name, ByteString value) {
        if (!value.isEmpty()) {
            name(name);
            reserve(2 * value.size() + 2);
            bytes[length++] = '"';
            for (int i = 0; i < value.size(); i++) {
                bytes[length++] = HEX[value.byteAt(i) >> 4 & 15];
                bytes[length++] = HEX[value.byteAt(i) & 15];
            }
            bytes[length++] = '"';
        }
        return this;
    }

    /** A list of texts; left out when empty. */
    public JsonBytes texts(String name, Iterable<String> values) {
        if (values.iterator().hasNext()) {
            openList(name);
            for (String value : values) {
                separate();
                quoted(value);
            }
            closeList();
        }
        return this;
    }

    /** An element of the open list that is JSON already; {@code null} when empty. */
    public JsonBytes element(ByteString json) {
        separate();
        if (json.isEmpty()) {
            ascii("null");
            return this;
        }
        copy(json);
        return this;
    }

    /** Begins a list; {@link #openItem} or {@link #element} each, then {@link #closeList}. */
    public JsonBytes openList(String name) {
        name(name);
        append((byte) '[');
        first = true;
        return this;
    }

    public JsonBytes openItem() {
        separate();
        append((byte) '{');
        first = true;
        return this;
    }

    public JsonBytes closeList() {
        append((byte) ']');
        first = false;
        return this;
    }

    /** Begins an object as the value of a field, ended by {@link #close}. */
    public JsonBytes open(String name) {
        name(name);
        append((byte) '{');
        first = true;
        return this;
    }

    /** Ends the object begun by {@link #open} or {@link #openItem}. */
    public JsonBytes close() {
        append((byte) '}');
        first = false;
        return this;
    }

    /** Ends the outer object; the builder is not used after it. */
    public ByteString build() {
        append((byte) '}');
        // What is kept for long should not keep room for twice as much.
        return length < bytes.length * 3L / 4
                ? ByteString.copyFrom(bytes, 0, length)
                : UnsafeByteOperations.unsafeWrap(bytes, 0, length);
    }

    private void separate() {
        if (!first) {
            append((byte) ',');
        }
        first = false;
    }

    private void copy(ByteString json) {
        reserve(json.size());
        json.copyTo(bytes, length);
        length += json.size();
    }

    private void name(String name) {
        separate();
        quoted(name);
        append((byte) ':');
    }

    private void quoted(String value) {
        reserve(value.length() + 2);
        bytes[length++] = '"';
        int plain = plain(value);
        if (plain < value.length()) {
            encoded(value, plain);
        }
        append((byte) '"');
    }

    /** Writes what stands for itself, nearly always all; returns where the rest begins. There is room for all of it. */
    private int plain(String value) {
        byte[] target = bytes;
        int at = length;
        int i = 0;
        while (i < value.length()) {
            char c = value.charAt(i);
            if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
                break;
            }
            target[at++] = (byte) c;
            i++;
        }
        length = at;
        return i;
    }

    private void encoded(String value, int from) {
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                escaped(c);
            } else if (c < 0x80) {
                append((byte) c);
            } else {
                i += wide(value, i);
            }
        }
    }

    private void escaped(char c) {
        append((byte) '\\');
        if (c >= 0x20) {
            append((byte) c);
            return;
        }
        ascii("u00");
        append(HEX[c >> 4]);
        append(HEX[c & 15]);
    }

    /** Encodes the code point at the place; returns the further characters it took. A lone surrogate becomes U+FFFD. */
    private int wide(String value, int at) {
        int point = value.codePointAt(at);
        int taken = Character.charCount(point) - 1;
        if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            point = 0xfffd;
        }
        if (point < 0x800) {
            append((byte) (0xc0 | point >> 6));
        } else {
            if (point < 0x10000) {
                append((byte) (0xe0 | point >> 12));
            } else {
                append((byte) (0xf0 | point >> 18));
                append((byte) (0x80 | point >> 12 & 0x3f));
            }
            append((byte) (0x80 | point >> 6 & 0x3f));
        }
        append((byte) (0x80 | point & 0x3f));
        return taken;
    }

    private void ascii(String value) {
        reserve(value.length());
        for (int i = 0; i < value.length(); i++) {
            bytes[length++] = (byte) value.charAt(i);
        }
    }

    private void append(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = java.util.Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
