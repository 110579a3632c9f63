package io.millrace.readmodel.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, read by type. A field that is JSON null counts as absent.
 *
 * @param where names the object in errors, with a dot at the end; empty for the event itself
 */
record Fields(ObjectNode object, String where) {
    /** The last millisecond of the year 9999, where DATETIME ends. */
    private static final long MAX_TIME = 253_402_300_799_999L;

    String text(String field) throws UnreadableEvent {
        String text = optionalText(field);
        if (text == null || text.isEmpty()) {
            throw missing(field);
        }
        return text;
    }

    @Nullable
    String optionalText(String field) throws UnreadableEvent {
        JsonNode node = present(field);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw new UnreadableEvent(where + field + " is no text");
        }
        return node.textValue();
    }

    /** A text as it is, anything else as its JSON. */
    @Nullable
    String textOrJson(String field) {
        JsonNode node = present(field);
        if (node == null) {
            return null;
        }
        return node.isTextual() ? node.textValue() : JsonText.text(node);
    }

    long number(String field) throws UnreadableEvent {
        Long number = optionalNumber(field);
        if (number == null) {
            throw missing(field);
        }
        return number;
    }

    @Nullable
    Long optionalNumber(String field) throws UnreadableEvent {
        JsonNode node = present(field);
        if (node == null) {
            return null;
        }
        if (!node.isNumber() || !node.canConvertToLong()) {
            throw new UnreadableEvent(where + field + " is no whole number of 64 bits");
        }
        return node.longValue();
    }

    /** Counts from 1. */
    long version() throws UnreadableEvent {
        long version = number("version");
        if (version < 1 || version > Integer.MAX_VALUE) {
            throw new UnreadableEvent("version counts from 1, not " + version);
        }
        return version;
    }

    int integer(String field) throws UnreadableEvent {
        return narrow(field, number(field));
    }

    int integer(String field, int absent) throws UnreadableEvent {
        Long number = optionalNumber(field);
        return number == null ? absent : narrow(field, number);
    }

    double real(String field, double absent) throws UnreadableEvent {
        JsonNode node = present(field);
        if (node == null) {
            return absent;
        }
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw new UnreadableEvent(where + field + " is no finite number");
        }
        return node.doubleValue();
    }

    boolean flag(String field, boolean absent) throws UnreadableEvent {
        JsonNode node = present(field);
        if (node == null) {
            return absent;
        }
        if (!node.isBoolean()) {
            throw new UnreadableEvent(where + field + " is neither true nor false");
        }
        return node.booleanValue();
    }

    LocalDateTime time(String field) throws UnreadableEvent {
        LocalDateTime time = optionalTime(field);
        if (time == null) {
            throw missing(field);
        }
        return time;
    }

    /** Milliseconds since 1970, as a date and time in UTC. */
    @Nullable
    LocalDateTime optionalTime(String field) throws UnreadableEvent {
        Long millis = optionalNumber(field);
        if (millis == null) {
            return null;
        }
        if (millis < 0 || millis > MAX_TIME) {
            throw new UnreadableEvent(where + field + " is no time in milliseconds since 1970: " + millis);
        }
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    @Nullable
    String json(String field) {
        JsonNode node = present(field);
        return node == null ? null : JsonText.text(node);
    }

    /** A field that must be a list if it is there. */
    void list(String field) throws UnreadableEvent {
        JsonNode node = present(field);
        if (node != null && !node.isArray()) {
            throw new UnreadableEvent(where + field + " is no list");
        }
    }

    @Nullable
    Fields optionalObject(String field) throws UnreadableEvent {
        JsonNode node = present(field);
        if (node == null) {
            return null;
        }
        return of(node, where + field);
    }

    static Fields of(JsonNode node, String name) throws UnreadableEvent {
        if (node instanceof ObjectNode object) {
            return new Fields(object, name + ".");
        }
        throw new UnreadableEvent(name + " is no object");
    }

    @Nullable
    JsonNode present(String field) {
        JsonNode node = object.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private int narrow(String field, long number) throws UnreadableEvent {
        if (number != (int) number) {
            throw new UnreadableEvent(where + field + " is no whole number of 32 bits: " + number);
        }
        return (int) number;
    }

    private UnreadableEvent missing(String field) {
        return new UnreadableEvent(where + field + " is missing");
    }
}
