package io.millrace.readmodel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.fixture.History;
import io.millrace.readmodel.fixture.Maria;
import io.millrace.readmodel.fixture.TaskTables;
import io.millrace.readmodel.row.Column;
import io.millrace.readmodel.row.EventMapper;
import io.millrace.readmodel.row.EventRows;
import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.RowSet;
import io.millrace.readmodel.row.Table;
import io.millrace.schemas.topic.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statements against a real server: they do what the rules do in memory. */
class TaskStoreIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int TASKS = 100;
    private static final List<String> JSON =
            List.of("input_params", "phase_results", "result", "error", "timings", "details", "entries", "content");
    private static final List<String> STAND_INS = List.of("compute_ms", "round", "results_version", "outcome_version");

    private static Maria maria;

    @BeforeAll
    static void startDatabase() {
        maria = Maria.shared();
    }

    @Test
    void anyOrderRepetitionAndBatchingGivesTheRowsOfTheRules() throws Exception {
        create("any_order");
        Random random = new Random(11);
        List<EventRows> events = map(History.mixed(random, TASKS));
        RowSet expected = new RowSet();
        events.forEach(expected::add);
        expected.forget(expected.deleted());
        List<EventRows> shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, events.size() / 2));
        Collections.shuffle(shuffled, random);

        write("any_order", shuffled, random, 60);

        try (Connection connection = maria.connect("any_order")) {
            for (Table table : List.of(Table.TASKS, Table.TASK_HISTORY, Table.ROADMAPS, Table.COVER_IMAGES)) {
                Map<String, Map<String, Object>> stored = stored(connection, table);
                assertThat(stored.keySet()).isEqualTo(expected.of(table).keySet());
                expected.of(table)
                        .forEach((key, row) -> assertThat(stored.get(key)).isEqualTo(normalised(row.values())));
            }
        }
    }

    @Test
    void replayLeavesEachRowAsItIs() throws Exception {
        create("replay");
        Random random = new Random(12);
        List<EventRows> events = map(History.mixed(random, TASKS));
        write("replay", events, random, 60);
        TreeSet<String> before = dump("replay");

        write("replay", events, random, 7);

        TaskTables.assertSame(dump("replay"), before);
        for (Table table : EnumSet.complementOf(EnumSet.of(Table.CAMPAIGNS, Table.TASK_METRICS_MINUTE))) {
            assertThat(before).as("a row of %s", table).anyMatch(row -> row.startsWith(table.sqlName() + ": "));
        }
        int kept = History.kept(History.mixed(new Random(12), TASKS)).size();
        for (String view : List.of("task_state_snapshots: ", "task_progress_logs: ", "task_logs: ")) {
            assertThat(before.stream().filter(row -> row.startsWith(view))).hasSize(kept);
        }
    }

    @Test
    void rebuildIntoEmptyTablesGivesTheSameRows() throws Exception {
        create("once");
        create("rebuilt");
        Random random = new Random(13);
        List<EventRows> events = map(History.mixed(random, TASKS));
        write("once", events, random, 60);

        write("rebuilt", events, random, 500);

        TaskTables.assertSame(dump("rebuilt"), dump("once"));
    }

    @Test
    void replayNeitherOverwritesAnEditNorBringsBackWhatWasDeleted() throws Exception {
        create("edited");
        Random random = new Random(14);
        List<EventRows> events = map(History.mixed(random, 20));
        write("edited", events, random, 60);
        try (Connection connection = maria.connect("edited");
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE layers SET name = 'edited', opacity = 0.125");
            statement.execute("UPDATE posters SET title = 'edited'");
            statement.execute("DELETE FROM elements WHERE id LIKE 'el_text_%'");
        }
        TreeSet<String> before = dump("edited");

        write("edited", events, random, 60);

        TaskTables.assertSame(dump("edited"), before);
        assertThat(rows(before, Table.LAYERS)).isNotEmpty().allMatch(row -> row.contains("name=edited"));
    }

    @Test
    void deletedTaskStaysDeletedWhateverComesLater() throws Exception {
        create("deleted");
        List<EventRows> events = map(History.of(new Random(seedOfADeletedRoadmap())));
        EventRows delete = events.get(events.size() - 1);
        List<EventRows> before = events.subList(0, events.size() - 1);
        try (TaskStore store = new TaskStore(maria.settings("deleted"))) {
            store.write(before);
            assertThat(rows(dump("deleted"), Table.TASK_HISTORY)).isNotEmpty();
            assertThat(rows(dump("deleted"), Table.ROADMAPS)).isNotEmpty();

            store.write(List.of(delete));
            store.write(before);
        }
        TreeSet<String> left = dump("deleted");
        assertThat(left).hasSize(1).allMatch(row -> row.startsWith("tasks: "));
        assertThat(left.first())
                .contains("input_params=null", "result=null", "phase_results=null", "message=null")
                .doesNotContain("deleted_at=null");
    }

    @Test
    void deletedTaskIsFoundAmongMoreThanAStatementTakes() throws Exception {
        create("many");
        List<EventRows> events = map(History.of(new Random(seedOfADeletedRoadmap())));
        write("many", events, new Random(2), 60);
        String deleted = events.get(0).rows().get(0).key();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            ids.add("task_" + i);
        }
        for (int place : new int[] {0, 1_024, 2_500}) {
            List<String> asked = new ArrayList<>(ids);
            asked.add(place, deleted);
            try (Connection connection = maria.connect("many")) {
                assertThat(Deletions.among(connection, asked)).containsExactly(deleted);
            }
        }
    }

    /** Both count by version and by events, whatever comes first. */
    @Test
    void campaignAndMinuteGoByTheNewest() throws Exception {
        create("counted");
        String campaign =
                "{\"campaign_id\":\"camp_1\",\"user_id\":\"ann\",\"name\":\"n\",\"type\":\"poster\",\"version\":%d,"
                        + "\"total\":9,\"completed\":%d,\"created_at\":1000,\"time\":2000}";
        String minute = "{\"minute\":60000,\"type\":\"poster\",\"completed\":%d,\"queue_ms\":{\"p50\":7},"
                + "\"failures\":{\"TIMEOUT\":2},\"events\":%d}";
        List<EventRows> events = map(List.of(
                event("io.millrace.campaign.completed", String.format(campaign, 2, 9)),
                event("io.millrace.campaign.started", String.format(campaign, 1, 0)),
                event(EventHeaders.METRICS_MINUTE, String.format(minute, 5, 12)),
                event(EventHeaders.METRICS_MINUTE, String.format(minute, 3, 10))));
        write("counted", events, new Random(1), 1);

        assertThat(dump("counted")).hasSize(2).anyMatch(row -> row.contains("completed=9"));
        assertThat(dump("counted")).anyMatch(row -> row.contains("completed=5") && row.contains("queue_p50_ms=7"));
    }

    private static ReceivedEvent event(String type, String json) {
        return new ReceivedEvent(type, new byte[0], json.getBytes(StandardCharsets.UTF_8), 0, 0);
    }

    private static int seedOfADeletedRoadmap() {
        for (int seed = 0; ; seed++) {
            List<ReceivedEvent> history = History.of(new Random(seed));
            ReceivedEvent last = history.get(history.size() - 1);
            if (last.type().endsWith(".deleted")
                    && History.data(last).path("type").textValue().equals("roadmap")) {
                return seed;
            }
        }
    }

    /** Of twenty-five. */
    @Test
    void checkpointsAreTheLastTenBorders() throws Exception {
        create("borders");
        List<ReceivedEvent> many = new ArrayList<>();
        ReceivedEvent border = History.completed(new Random(40)).stream()
                .filter(event -> event.type().endsWith("phase_completed"))
                .findFirst()
                .orElseThrow();
        for (int version = 1; version <= 25; version++) {
            var data = History.data(border).put("version", version).put("completed_phase", "phase-" + version);
            many.add(History.with(border, data));
        }
        write("borders", map(many), new Random(1), 3);

        try (Connection connection = maria.connect("borders")) {
            assertThat(TaskTables.count(connection, "SELECT COUNT(*) FROM task_checkpoints"))
                    .isEqualTo(10);
            assertThat(TaskTables.count(connection, "SELECT MIN(version) FROM task_checkpoints"))
                    .isEqualTo(16);
            assertThat(TaskTables.count(connection, "SELECT COUNT(*) FROM task_history"))
                    .isEqualTo(2);
        }
    }

    @Test
    void onlyWhatARowIsToBlameForIsADataError() throws Exception {
        create("errors");
        ReceivedEvent event = History.of(new Random(1)).get(0);
        var data = History.data(event);
        data.set("input_params", MAPPER.readTree("{\"a\":".repeat(120) + "1" + "}".repeat(120)));

        assertThat(DataError.is(refusal("errors", History.with(event, data)))).isTrue();

        maria.createDatabase("without_tables");
        assertThat(DataError.is(refusal("without_tables", event))).isFalse();
        assertThat(DataError.is(refusal("no_such_database", event))).isFalse();
    }

    private static SQLException refusal(String database, ReceivedEvent event) throws Exception {
        List<EventRows> rows = map(List.of(event));
        try (TaskStore store = new TaskStore(maria.settings(database))) {
            return catchThrowableOfType(SQLException.class, () -> store.write(rows));
        }
    }

    private static void create(String database) throws SQLException {
        maria.createDatabase(database);
        try (Connection connection = maria.connect(database)) {
            TaskTables.create(connection);
        }
    }

    private static void write(String database, List<EventRows> events, Random random, int mostAtOnce)
            throws SQLException {
        try (TaskStore store = new TaskStore(maria.settings(database))) {
            int from = 0;
            while (from < events.size()) {
                int to = Math.min(events.size(), from + 1 + random.nextInt(mostAtOnce));
                store.write(events.subList(from, to));
                from = to;
            }
        }
    }

    private static List<EventRows> map(List<ReceivedEvent> events) throws Exception {
        List<EventRows> rows = new ArrayList<>();
        for (ReceivedEvent event : events) {
            rows.add(EventMapper.map(event));
        }
        return rows;
    }

    private static TreeSet<String> dump(String database) throws SQLException {
        try (Connection connection = maria.connect(database)) {
            return TaskTables.dump(connection);
        }
    }

    private static List<String> rows(TreeSet<String> dump, Table table) {
        return dump.stream()
                .filter(row -> row.startsWith(table.sqlName() + ": "))
                .toList();
    }

    private static Map<String, Map<String, Object>> stored(Connection connection, Table table) throws SQLException {
        Map<String, Map<String, Object>> stored = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table.sqlName())) {
            while (rows.next()) {
                Map<String, Object> values = new HashMap<>();
                for (Column column : table.columns()) {
                    Object value = column.name().endsWith("_at")
                            ? rows.getObject(column.name(), java.time.LocalDateTime.class)
                            : rows.getObject(column.name());
                    if (value != null) {
                        values.put(column.name(), value);
                    }
                }
                stored.put(new Row(table, values).key(), normalised(values));
            }
        }
        return stored;
    }

    /** JSON as a tree (the error of a cover is a text), because the server may space it otherwise; what the table holds when no event said anything is left out. */
    private static Map<String, Object> normalised(Map<String, Object> values) {
        Map<String, Object> normalised = new TreeMap<>(values);
        for (String json : JSON) {
            normalised.computeIfPresent(
                    json, (column, text) -> text.toString().matches("(?s)[\\[{].*") ? tree(text.toString()) : text);
        }
        STAND_INS.forEach(column -> {
            normalised.remove(column, 0);
            normalised.remove(column, 0L);
        });
        return normalised;
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
