package io.millrace.readmodel.row;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** JSON in and out; numbers keep the digits they came with. */
final class JsonText {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private JsonText() {}

    /** @throws UnreadableEvent when the bytes are not one JSON object */
    static ObjectNode object(byte[] utf8) throws UnreadableEvent {
        try {
            if (MAPPER.readTree(utf8) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new UnreadableEvent("the value is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UnreadableEvent("the value is no JSON: " + e.getMessage(), e);
        }
        throw new UnreadableEvent("the value is no JSON object");
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree cannot be written", e);
        }
    }

    /** The patch over the target, RFC 7396, as {@code JSON_MERGE_PATCH} does it. Both are JSON objects. */
    static String mergePatch(String target, String patch) {
        try {
            return text(patched(MAPPER.readTree(target), MAPPER.readTree(patch)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON column holds no JSON", e);
        }
    }

    private static JsonNode patched(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = target instanceof ObjectNode object ? object : MAPPER.createObjectNode();
        patch.fields().forEachRemaining(field -> {
            if (field.getValue().isNull()) {
                result.remove(field.getKey());
                return;
            }
            JsonNode old = result.path(field.getKey());
            result.set(field.getKey(), patched(old, field.getValue()));
        });
        return result;
    }
}
