package io.millrace.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.Table;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowComparisonTest {
    @Test
    void spacingDigitsAndStandInsAreNoDifference() {
        Row expected = row(Map.of("id", "t", "priority", 5, "version", 7L, "result", "{\"a\":1.50,\"b\":[1,null]}"));
        Row stored = row(Map.of(
                "id", "t", "priority", 5L, "version", 7L, "round", 0, "result", "{\"b\": [1, null], \"a\": 1.5}"));

        assertThat(RowComparison.differences(expected, stored)).isEmpty();
    }

    @Test
    void everyOtherDifferenceIsNamed() {
        Row expected = row(Map.of("id", "t", "status", "failed", "version", 7L, "result", "{\"a\":{\"b\":1}}"));
        Row stored = row(Map.of("id", "t", "version", 8L, "result", "{\"a\":{\"b\":2}}", "message", "m"));

        assertThat(RowComparison.differences(expected, stored))
                .containsExactly("status", "message", "result", "version");
    }

    private static Row row(Map<String, Object> values) {
        return new Row(Table.TASKS, values);
    }
}
