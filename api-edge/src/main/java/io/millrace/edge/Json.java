package io.millrace.edge;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as the edge reads and writes it. */
public final class Json {
    /** Strict: duplicate keys and text behind the value are errors. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Deepest nesting of what clients send; MariaDB's JSON columns take 31 levels, and what is stored lies a few levels deeper. */
    public static final int MAX_DEPTH = 20;

    /** For what clients send: as strict, and never deeper than {@link #MAX_DEPTH}. */
    public static final JsonMapper REQUESTS = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** JSON out of a log or a row: missing when empty, and, so that one bad record does not hide a task, when unreadable. */
    public static JsonNode lenient(ByteString bytes) {
        return bytes.isEmpty() ? MissingNode.getInstance() : lenient(bytes.toStringUtf8());
    }

    /** As {@link #lenient(ByteString)}. */
    public static JsonNode lenient(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** RFC 3339 in UTC with milliseconds; null for 0, which stands for "not yet" on the wire. */
    public static @Nullable String time(long millis) {
        if (millis == 0) {
            return null;
        }
        String text =
                Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS).toString();
        return text.contains(".") ? text : text.replace("Z", ".000Z");
    }
}
