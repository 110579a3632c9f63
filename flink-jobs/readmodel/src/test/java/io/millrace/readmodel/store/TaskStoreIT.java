package io.millrace.readmodel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.fixture.History;
import io.millrace.readmodel.fixture.Maria;
import io.millrace.readmodel.fixture.TaskTables;
import io.millrace.readmodel.row.EventMapper;
import io.millrace.readmodel.row.EventRows;
import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
        Map<String, Row> expected = new TreeMap<>();
        events.forEach(event -> expected.merge(event.task().text("id"), event.task(), Row::merge));
        List<EventRows> shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, events.size() / 2));
        Collections.shuffle(shuffled, random);

        write("any_order", shuffled, random, 60);

        try (Connection connection = maria.connect("any_order")) {
            Map<String, Map<String, Object>> stored = tasks(connection);
            assertThat(stored.keySet()).isEqualTo(expected.keySet());
            expected.forEach((id, row) -> assertThat(stored.get(id)).isEqualTo(normalised(row.values())));
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
        for (Table table : Table.values()) {
            assertThat(before).as("a row of %s", table).anyMatch(row -> row.startsWith(table.sqlName() + ": "));
        }
        assertThat(rows(before, Table.TASK_STATE_SNAPSHOTS)).hasSize(events.size());
        assertThat(rows(before, Table.TASK_PROGRESS_LOGS)).hasSize(events.size());
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

    private static Map<String, Map<String, Object>> tasks(Connection connection) throws SQLException {
        Map<String, Map<String, Object>> tasks = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM tasks")) {
            while (rows.next()) {
                Map<String, Object> values = new HashMap<>();
                for (var column : Table.TASKS.columns()) {
                    Object value = column.name().endsWith("_at")
                            ? rows.getObject(column.name(), java.time.LocalDateTime.class)
                            : rows.getObject(column.name());
                    if (value != null) {
                        values.put(column.name(), value);
                    }
                }
                tasks.put(rows.getString("id"), normalised(values));
            }
        }
        return tasks;
    }

    /** JSON as a tree, because the server may space it otherwise; what the table holds when no event said anything is left out. */
    private static Map<String, Object> normalised(Map<String, Object> values) {
        Map<String, Object> normalised = new TreeMap<>(values);
        for (String json : Arrays.asList("input_params", "phase_results", "result", "error", "timings", "details")) {
            normalised.computeIfPresent(json, (column, text) -> tree(text.toString()));
        }
        normalised.remove("compute_ms", 0L);
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
