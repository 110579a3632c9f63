package io.millrace.readmodel.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.fixture.History;
import io.millrace.readmodel.fixture.TablesModel;
import io.millrace.schemas.topic.EventType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A task's final rows do not depend on the order, the repetition or the batching of its events. */
class AnyOrderTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int HISTORIES = 1_000;

    @Test
    void anyInterleavingAndRepetitionGivesTheRowsOfTheOrderedHistory() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            List<EventRows> ordered = rows(History.of(random));
            TablesModel expected = new TablesModel();
            ordered.forEach(event -> expected.write(List.of(event)));

            TablesModel actual = new TablesModel();
            List<EventRows> shuffled = new ArrayList<>(ordered);
            for (int i = random.nextInt(ordered.size() + 1); i > 0; i--) {
                shuffled.add(ordered.get(random.nextInt(ordered.size())));
            }
            Collections.shuffle(shuffled, random);
            batches(shuffled, random).forEach(actual::write);

            assertThat(actual.content()).as("seed %d", seed).isEqualTo(expected.content());
        }
    }

    @Test
    void replayFromTheBeginningChangesNothing() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            TablesModel tables = new TablesModel();
            List<EventRows> ordered = rows(History.of(new Random(seed)));
            tables.write(ordered);
            Map<String, Map<String, Object>> before = tables.content();

            ordered.forEach(event -> tables.write(List.of(event)));

            assertThat(tables.content()).as("seed %d", seed).isEqualTo(before);
        }
    }

    @Test
    void finalRowHoldsWhatTheEventsSay() throws Exception {
        Set<EventType> seen = EnumSet.noneOf(EventType.class);
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<ReceivedEvent> history = History.of(new Random(seed));
            history.forEach(event -> seen.add(EventType.ofWireName(event.type())));
            ReceivedEvent end = history.get(history.size() - 1);
            if (!end.type().equals(EventType.DELETED.wireName())) {
                assertRowIsThatOf(history, seed);
            }
        }
        assertThat(seen)
                .containsAll(
                        EnumSet.complementOf(EnumSet.of(EventType.CAMPAIGN_STARTED, EventType.CAMPAIGN_COMPLETED)));
    }

    @Test
    void deletedTaskLeavesAnEmptyMarkThatOldEventsDoNotFill() throws Exception {
        int deletes = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<ReceivedEvent> history = History.of(new Random(seed));
            ReceivedEvent last = history.get(history.size() - 1);
            if (!last.type().equals(EventType.DELETED.wireName())) {
                continue;
            }
            deletes++;
            TablesModel tables = new TablesModel();
            tables.write(rows(List.of(last)));
            tables.write(rows(history.subList(0, history.size() - 1)));

            Row row = tables.row(Table.TASKS, History.data(last).path("task_id").textValue());
            assertThat(row.values())
                    .containsKeys("deleted_at", "user_id", "created_at")
                    .doesNotContainKeys("input_params", "result", "phase_results", "error", "timings", "message");
            assertThat(tables.content().keySet())
                    .noneMatch(key -> key.startsWith("TASK_HISTORY") || key.startsWith("ROADMAPS"));
        }
        assertThat(deletes).isGreaterThan(50);
    }

    private static void assertRowIsThatOf(List<ReceivedEvent> history, int seed) throws Exception {
        TablesModel tables = new TablesModel();
        tables.write(rows(history));
        ObjectNode first = History.data(history.get(0));
        ObjectNode last = History.data(history.get(history.size() - 1));
        // A snapshot of what is left of an ended task leaves alone what it does not know.
        ObjectNode end = history.stream()
                .filter(event -> !event.type().equals(EventType.SNAPSHOT.wireName()))
                .reduce((earlier, later) -> later)
                .map(History::data)
                .orElseThrow();

        Map<String, Object> content =
                tables.row(Table.TASKS, first.path("task_id").textValue()).values();
        assertThat(content).containsEntry("version", (long) history.size());
        assertThat(content).containsEntry("status", last.get("status").textValue());
        assertThat(MAPPER.readTree(String.valueOf(content.get("input_params")))).isEqualTo(first.get("input_params"));
        assertThat(content).containsEntry("priority", first.get("priority").intValue());
        assertThat(content.containsKey("result")).isEqualTo(end.has("result"));
        assertThat(content.containsKey("completed_at")).isTrue();
        assertThat(content.containsKey("error")).isEqualTo(end.has("error"));
        assertThat(content.containsKey("cancel_reason")).isEqualTo(end.has("cancel_reason"));
        assertThat(MAPPER.readTree(String.valueOf(content.get("phase_results"))))
                .as("seed %d", seed)
                .isEqualTo(end.get("phase_results"));
        long entries = tables.content().entrySet().stream()
                .filter(row -> row.getKey().startsWith("TASK_HISTORY"))
                .mapToLong(row -> entries(row.getValue()))
                .sum();
        assertThat(entries).isEqualTo(history.size());
    }

    private static int entries(Map<String, Object> row) {
        return ((ObjectNode) Objects.requireNonNull(row.get("entries"))).size();
    }

    /** Neighbours are written together at random, as in one flush. */
    private static List<List<EventRows>> batches(List<EventRows> events, Random random) {
        List<List<EventRows>> batches = new ArrayList<>();
        int from = 0;
        while (from < events.size()) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(4));
            batches.add(events.subList(from, to));
            from = to;
        }
        return batches;
    }

    private static List<EventRows> rows(List<ReceivedEvent> events) throws UnreadableEvent {
        List<EventRows> rows = new ArrayList<>();
        for (ReceivedEvent event : events) {
            rows.add(EventMapper.map(event));
        }
        return rows;
    }
}
