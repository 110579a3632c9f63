package io.millrace.local.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.readmodel.row.Column;
import io.millrace.readmodel.row.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether two rows say the same. Servers space JSON as they like and write a number where nothing was said. */
final class RowComparison {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private RowComparison() {}

    /** The columns in which they differ. */
    static List<String> differences(Row expected, Row stored) {
        List<String> differences = new ArrayList<>();
        for (Column column : expected.table().columns()) {
            if (!same(expected.get(column.name()), stored.get(column.name()))) {
                differences.add(column.name());
            }
        }
        return differences;
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
        JsonNode left = tree(expected);
        JsonNode right = tree(stored);
        return left != null && right != null && left.equals(RowComparison::compare, right);
    }

    /** Zero when equal: numbers by value, whatever their digits. */
    private static int compare(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue());
        }
        return left.equals(right) ? 0 : 1;
    }

    private static boolean isZero(@Nullable Object value) {
        return value instanceof Number number && number.longValue() == 0;
    }

    private static @Nullable JsonNode tree(Object value) {
        if (value instanceof JsonNode tree) {
            return tree;
        }
        try {
            return JSON.readTree(value.toString());
        } catch (JsonProcessingException noJson) {
            return null;
        }
    }
}
