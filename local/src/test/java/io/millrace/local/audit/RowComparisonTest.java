package io.millrace.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.Table;
import java.util.List;
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

    @Test
    void aDigestSaysAsMuchAsTheValue() {
        String padding = "x".repeat(200);
        Row expected = row(Map.of("id", "t", "result", "{\"a\":1.50,\"b\":[true,null],\"c\":\"" + padding + "\"}"));
        Row digested = RowComparison.digested(expected);

        assertThat(digested.get("result")).isInstanceOf(JsonDigest.class);
        assertThat(RowComparison.differences(digested, expected)).isEmpty();
        assertThat(RowComparison.differences(
                        digested, result("{\"c\": \"" + padding + "\", \"b\": [true, null], \"a\": 1.5}")))
                .isEmpty();
        for (String other : List.of(
                "{\"a\":1.51,\"b\":[true,null],\"c\":\"" + padding + "\"}",
                "{\"a\":1.50,\"b\":[null,true],\"c\":\"" + padding + "\"}",
                "{\"a\":1.50,\"b\":[\"true\",null],\"c\":\"" + padding + "\"}",
                "{\"a\":\"1.5\",\"b\":[true,null],\"c\":\"" + padding + "\"}",
                "{\"a\":1.50,\"b\":[true,null],\"c\":\"" + padding + "y\"}",
                "{\"a\":1.50,\"b\":[true,null],\"c\":\"" + padding + "\",\"d\":null}",
                "{\"a\":1.50,\"bb\":[true,null],\"c\":\"" + padding + "\"}",
                "no JSON, but as long as that " + padding)) {
            assertThat(RowComparison.differences(digested, result(other))).containsExactly("result");
        }
    }

    @Test
    void whatEventsCollectIsComparedFieldByField() throws JsonProcessingException {
        ObjectNode first = (ObjectNode) new ObjectMapper().readTree("{\"1\":{\"status\":\"queued\",\"time\":5}}");
        ObjectNode second = (ObjectNode) new ObjectMapper().readTree("{\"2\":{\"status\":\"processing\"}}");
        Row both = RowComparison.digested(history(first)).merge(RowComparison.digested(history(second)));

        assertThat(RowComparison.differences(
                        both,
                        history("{\"2\": {\"status\": \"processing\"}, \"1\": {\"time\": 5, \"status\": \"queued\"}}")))
                .isEmpty();
        assertThat(RowComparison.differences(both, history("{\"1\": {\"time\": 5, \"status\": \"queued\"}}")))
                .containsExactly("entries");
        assertThat(RowComparison.differences(
                        both,
                        history("{\"2\": {\"status\": \"paused\"}, \"1\": {\"time\": 5, \"status\": \"queued\"}}")))
                .containsExactly("entries");
        assertThat(RowComparison.differences(both, history("[1, 2]"))).containsExactly("entries");
    }

    private static Row result(String text) {
        return row(Map.of("id", "t", "result", text));
    }

    private static Row history(Object entries) {
        return new Row(Table.TASK_HISTORY, Map.of("task_id", "t", "page", 0, "entries", entries));
    }

    private static Row row(Map<String, Object> values) {
        return new Row(Table.TASKS, values);
    }
}
