package io.millrace.engine.json;

import com.google.protobuf.ByteString;
import java.util.Optional;

/**
 * Says whether bytes may stand in an event and in the tables as they are: one JSON object (RFC 8259) that everybody who reads it takes,
 * the database and its depth of 32 included. A pass over the bytes that makes no objects and keeps no names: each answer of a function
 * goes through it, and a parser took a tenth of the job's time.
 */
public final class JsonShape {
    /** Levels of objects and arrays; what carries such a text adds some of its own. */
    public static final int MAX_DEPTH = 24;

    private static final int MAX_NUMBER = 1000;
    private static final int MAX_NAME = 50_000;
    /** What may stand in a string without a word about it; of UTF-8 beyond ASCII each byte. */
    private static final boolean[] PLAIN = plain();

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    /** Ends with a zero, which is allowed nowhere: so nothing here asks where the end is. */
    private final byte[] bytes;

    private int at;
    private boolean tooDeep;

    private JsonShape(ByteString text) {
        bytes = new byte[text.size() + 1];
        text.copyTo(bytes, 0);
    }

    /** What is wrong, to follow the name of what was looked at; empty: nothing. */
    public static Optional<String> complaint(ByteString text) {
        JsonShape shape = new JsonShape(text);
        if (shape.isObject() && text.isValidUtf8()) {
            return Optional.empty();
        }
        return Optional.of(
                shape.tooDeep ? "is nested more than " + MAX_DEPTH + " levels deep" : "is not one JSON object");
    }

    private boolean isObject() {
        space();
        if (bytes[at] != '{' || !value(0)) {
            return false;
        }
        space();
        return at == bytes.length - 1;
    }

    private boolean value(int depth) {
        return switch (bytes[at]) {
            case '{' -> opens(depth) && members(depth + 1);
            case '[' -> opens(depth) && elements(depth + 1);
            case '"' -> string();
            case 't' -> word(TRUE);
            case 'f' -> word(FALSE);
            case 'n' -> word(NULL);
            default -> number();
        };
    }

    private boolean opens(int depth) {
        at++;
        tooDeep |= depth == MAX_DEPTH;
        return !tooDeep;
    }

    private boolean members(int depth) {
        if (ends('}')) {
            return true;
        }
        do {
            space();
            int start = at;
            if (bytes[at] != '"' || !string() || at - start > MAX_NAME || !then(':')) {
                return false;
            }
            space();
            if (!value(depth)) {
                return false;
            }
        } while (then(','));
        return then('}');
    }

    private boolean elements(int depth) {
        if (ends(']')) {
            return true;
        }
        do {
            space();
            if (!value(depth)) {
                return false;
            }
        } while (then(','));
        return then(']');
    }

    private boolean ends(char end) {
        space();
        return then(end);
    }

    private boolean then(char expected) {
        space();
        if (bytes[at] != expected) {
            return false;
        }
        at++;
        return true;
    }

    private boolean string() {
        at++;
        while (true) {
            while (PLAIN[bytes[at] & 0xff]) {
                at++;
            }
            if (bytes[at] == '"') {
                at++;
                return true;
            }
            if (bytes[at] != '\\' || !escape()) {
                return false;
            }
        }
    }

    private boolean escape() {
        at++;
        if (bytes[at] == 'u') {
            for (int digit = 0; digit < 4; digit++) {
                at++;
                if (Character.digit(bytes[at], 16) < 0) {
                    return false;
                }
            }
            at++;
            return true;
        }
        return "\"\\/bfnrt".indexOf(bytes[at++]) >= 0;
    }

    private boolean number() {
        int start = at;
        if (bytes[at] == '-') {
            at++;
        }
        if (bytes[at] == '0') {
            at++;
        } else if (!digits()) {
            return false;
        }
        if (bytes[at] == '.') {
            at++;
            if (!digits()) {
                return false;
            }
        }
        if (bytes[at] == 'e' || bytes[at] == 'E') {
            at++;
            if (bytes[at] == '+' || bytes[at] == '-') {
                at++;
            }
            if (!digits()) {
                return false;
            }
        }
        return at - start <= MAX_NUMBER;
    }

    private boolean digits() {
        int start = at;
        while (bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at > start;
    }

    private boolean word(byte[] word) {
        for (byte letter : word) {
            if (bytes[at] != letter) {
                return false;
            }
            at++;
        }
        return true;
    }

    private void space() {
        while (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t') {
            at++;
        }
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[256];
        for (int value = 0x20; value < plain.length; value++) {
            plain[value] = value != '"' && value != '\\';
        }
        return plain;
    }
}
