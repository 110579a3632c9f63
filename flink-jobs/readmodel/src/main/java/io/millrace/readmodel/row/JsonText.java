package io.millrace.readmodel.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Iterator;

/** JSON in and out; numbers keep the digits they came with. */
public final class JsonText {
    /** Documents have ids for names of fields, which the JVM is not to add to its table of strings. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
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

    /** As one line. */
    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree cannot be written", e);
        }
    }

    /** Without the fields of objects that are null, at any depth: what a merge in the database leaves of it. */
    static ObjectNode withoutNulls(ObjectNode object) {
        Iterator<JsonNode> values = object.iterator();
        while (values.hasNext()) {
            JsonNode value = values.next();
            if (value.isNull()) {
                values.remove();
            } else if (value instanceof ObjectNode inner) {
                withoutNulls(inner);
            }
        }
        return object;
    }
}
