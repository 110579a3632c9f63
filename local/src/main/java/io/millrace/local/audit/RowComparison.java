package io.millrace.local.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.readmodel.row.Column;
import io.millrace.readmodel.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether two rows say the same. Servers space JSON as they like and write a number where nothing was said. */
final class RowComparison {
    /** In characters; a shorter text is kept as it is. */
    private static final int LONG_TEXT = 100;

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private RowComparison() {}

    /** The row with {@link JsonDigest}s in place of long JSON, so that very many can be kept until they are compared. */
    static Row digested(Row row) {
        Map<String, Object> values = new HashMap<>(row.values());
        values.replaceAll((column, value) -> digested(value));
        return new Row(row.table(), values);
    }

    /**
     * The columns in which they differ.
     *
     * @param expected {@linkplain #digested digested}
     */
    static List<String> differences(Row expected, Row stored) {
        List<String> differences = new ArrayList<>();
        for (Column column : expected.table().columns()) {
            if (!same(expected.get(column.name()), stored.get(column.name()))) {
                differences.add(column.name());
            }
        }
        return differences;
    }

    private static Object digested(Object value) {
        // Events bring keys of their own to it, which are yet to be merged.
        if (value instanceof ObjectNode collected) {
            return JsonDigest.ofFields(collected);
        }
        if (value instanceof String text
                && text.length() > LONG_TEXT
                && (text.charAt(0) == '{' || text.charAt(0) == '[')) {
            JsonNode tree = tree(text);
            return tree == null ? value : JsonDigest.of(tree);
        }
        return value;
    }

    private static boolean same(@Nullable Object expected, @Nullable Object stored) {
        if (expected == null || stored == null) {
            return expected == stored || isZero(expected) || isZero(stored);
        }
        if (expected instanceof Number left && stored instanceof Number right) {
            return left.longValue() == right.longValue();
        }
        if (expected.equals(stored)) {
            return true;
        }
        JsonNode right = tree(stored);
        if (right == null) {
            return false;
        }
        if (expected instanceof JsonDigest digest) {
            return digest.equals(JsonDigest.of(right));
        }
        if (expected instanceof ObjectNode collected) {
            return right instanceof ObjectNode fields && collected.equals(JsonDigest.ofFields(fields));
        }
        JsonNode left = tree(expected);
        return left != null && JsonDigest.of(left).equals(JsonDigest.of(right));
    }

    private static boolean isZero(@Nullable Object value) {
        return value instanceof Number number && number.longValue() == 0;
    }

    private static @Nullable JsonNode tree(Object value) {
        try {
            return JSON.readTree(value.toString());
        } catch (JsonProcessingException noJson) {
            return null;
        }
    }
}
