package io.millrace.readmodel.row;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rows of many events, each row once: what a flush writes, and what a rebuild of the tables from the topic comes to. */
public final class RowSet {
    private final Map<Table, Map<String, Row>> tables = new EnumMap<>(Table.class);

    public void add(EventRows event) {
        for (Row row : event.rows()) {
            tables.computeIfAbsent(row.table(), table -> new HashMap<>()).merge(row.key(), row, Row::merge);
        }
    }

    /** The rows of a table by key. */
    public Map<String, Row> of(Table table) {
        return tables.getOrDefault(table, Map.of());
    }

    /** Ids of the tasks in here. */
    public Set<String> tasks() {
        return of(Table.TASKS).keySet();
    }

    /** Ids of the tasks in here that were deleted. */
    public Set<String> deleted() {
        return of(Table.TASKS).values().stream()
                .filter(Row::deleted)
                .map(Row::key)
                .collect(Collectors.toSet());
    }

    /** Takes away what must not come back of tasks that were deleted: events older than the delete may come after it. */
    public void forget(Collection<String> deleted) {
        if (deleted.isEmpty()) {
            return;
        }
        Set<String> gone = Set.copyOf(deleted);
        tables.forEach((table, rows) -> {
            if (table.goesWithItsTask()) {
                String id = table.key().get(0).name();
                rows.values().removeIf(row -> gone.contains(row.text(id)));
            }
        });
        Map<String, Row> tasks = tables.get(Table.TASKS);
        if (tasks != null) {
            gone.forEach(id -> tasks.computeIfPresent(id, (key, row) -> row.emptied()));
        }
    }

    /** All rows: tables in one fixed order and rows in order of their keys, so that two writers do not wait for each other in a circle. */
    public List<Row> all() {
        List<Row> all = new ArrayList<>();
        tables.values().forEach(rows -> all.addAll(new TreeMap<>(rows).values()));
        all.sort(Comparator.comparing(Row::table));
        return all;
    }
}
