package io.millrace.local.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * What a JSON value says: values of one digest are equal, whatever the order of their fields and the digits of their numbers. It is
 * kept in place of the value, which is mostly much larger.
 *
 * @param hex SHA-256 as 64 lower-case digits
 */
record JsonDigest(String hex) {
    static JsonDigest of(JsonNode value) {
        MessageDigest digest = sha256();
        add(digest, value);
        return new JsonDigest(HexFormat.of().formatHex(digest.digest()));
    }

    /** Digests of the fields of an object, in an object. */
    static ObjectNode ofFields(ObjectNode object) {
        ObjectNode digests = JsonNodeFactory.instance.objectNode();
        object.properties()
                .forEach(field ->
                        digests.put(field.getKey(), of(field.getValue()).hex()));
        return digests;
    }

    private static void add(MessageDigest digest, JsonNode value) {
        if (value.isObject()) {
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            value.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            begin(digest, '{', fields.size());
            fields.forEach((name, field) -> {
                add(digest, 'f', name);
                add(digest, field);
            });
        } else if (value.isArray()) {
            begin(digest, '[', value.size());
            value.forEach(element -> add(digest, element));
        } else if (value.isNumber()) {
            add(digest, '0', value.decimalValue().stripTrailingZeros().toString());
        } else {
            add(digest, value.isTextual() ? '"' : 'l', value.asText());
        }
    }

    private static void add(MessageDigest digest, char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        begin(digest, kind, bytes.length);
        digest.update(bytes);
    }

    private static void begin(MessageDigest digest, char kind, int size) {
        digest.update(ByteBuffer.allocate(5).put((byte) kind).putInt(size).flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
