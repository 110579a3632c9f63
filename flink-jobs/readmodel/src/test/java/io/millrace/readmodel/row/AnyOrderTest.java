package io.millrace.readmodel.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.fixture.History;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A task's final row does not depend on the order, the repetition or the batching of its events. */
class AnyOrderTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int HISTORIES = 1_000;

    /** The table as the upsert treats it: a row is inserted, or merged into. */
    private static final class TableModel {
        private @Nullable Row row;

        void upsert(Row incoming) {
            row = row == null ? incoming : row.merge(incoming);
        }

        Map<String, Object> content() throws Exception {
            Map<String, Object> content =
                    new HashMap<>(Objects.requireNonNull(row).values());
            // The order of keys in a JSON object has no meaning.
            content.computeIfPresent("phase_results", (column, json) -> tree((String) json));
            return content;
        }
    }

    @Test
    void anyInterleavingAndRepetitionGivesTheRowOfTheOrderedHistory() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            List<Row> ordered = rows(History.of(random));
            TableModel expected = new TableModel();
            ordered.forEach(expected::upsert);

            TableModel actual = new TableModel();
            List<Row> shuffled = new ArrayList<>(ordered);
            for (int i = random.nextInt(ordered.size() + 1); i > 0; i--) {
                shuffled.add(ordered.get(random.nextInt(ordered.size())));
            }
            Collections.shuffle(shuffled, random);
            batches(shuffled, random).forEach(actual::upsert);

            assertThat(actual.content()).as("seed %d", seed).isEqualTo(expected.content());
        }
    }

    @Test
    void replayFromTheBeginningChangesNothing() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            TableModel table = new TableModel();
            List<Row> ordered = rows(History.of(new Random(seed)));
            ordered.forEach(table::upsert);
            Map<String, Object> before = table.content();

            ordered.forEach(table::upsert);

            assertThat(table.content()).as("seed %d", seed).isEqualTo(before);
        }
    }

    @Test
    void finalRowHoldsWhatTheEventsSay() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<ReceivedEvent> history = History.of(new Random(seed));
            TableModel table = new TableModel();
            rows(history).forEach(table::upsert);

            ObjectNode first = History.data(history.get(0));
            ObjectNode last = History.data(history.get(history.size() - 1));
            Map<String, Object> content = table.content();
            assertThat(content).containsEntry("version", (long) history.size());
            assertThat(content).containsEntry("status", last.get("status").textValue());
            assertThat(tree(String.valueOf(content.get("input_params")))).isEqualTo(first.get("input_params"));
            assertThat(content).containsEntry("priority", first.get("priority").intValue());
            assertThat(content.containsKey("result")).isEqualTo(last.has("result"));
            assertThat(content.containsKey("error")).isEqualTo(last.has("error"));
            assertThat(content.containsKey("cancel_reason")).isEqualTo(last.has("cancel_reason"));
            long phases = history.stream()
                    .filter(e -> e.type().endsWith("phase_completed"))
                    .count();
            assertThat(content.containsKey("phase_results") ? ((JsonNode) content.get("phase_results")).size() : 0)
                    .as("seed %d", seed)
                    .isEqualTo((int) phases);
        }
    }

    /** Neighbours are merged at random, as in one flush. */
    private static List<Row> batches(List<Row> rows, Random random) {
        List<Row> batches = new ArrayList<>();
        for (Row row : rows) {
            int last = batches.size() - 1;
            if (last >= 0 && random.nextBoolean()) {
                batches.set(last, batches.get(last).merge(row));
            } else {
                batches.add(row);
            }
        }
        return batches;
    }

    private static List<Row> rows(List<ReceivedEvent> events) throws UnreadableEvent {
        List<Row> rows = new ArrayList<>();
        for (ReceivedEvent event : events) {
            rows.add(EventMapper.map(event).task());
        }
        return rows;
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
