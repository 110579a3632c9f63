package io.millrace.local.audit;

import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables beside what the events come to, row by row. */
final class Comparison {
    private static final List<Table> TABLES =
            List.of(Table.TASKS, Table.TASK_HISTORY, Table.CAMPAIGNS, Table.ROADMAPS, Table.COVER_IMAGES);

    private final Rebuild rebuild;
    private final boolean headGone;
    private final List<Finding> findings = new ArrayList<>();
    private long rows;
    private long older;

    /** @param headGone whether retention has taken the oldest events */
    Comparison(Rebuild rebuild, boolean headGone) {
        this.rebuild = rebuild;
        this.headGone = headGone;
    }

    void run(TableReader tables) throws SQLException {
        for (Table table : TABLES) {
            Map<String, Row> expected = new HashMap<>(rebuild.rows().of(table));
            tables.each(table, rebuild.slice(), stored -> {
                rows++;
                compare(expected.remove(stored.key()), stored);
            });
            expected.keySet().forEach(key -> add(FindingKind.ROW_MISSING, table, key, "not in the table"));
        }
    }

    List<Finding> findings() {
        return findings;
    }

    long rows() {
        return rows;
    }

    long older() {
        return older;
    }

    private void compare(@Nullable Row expected, Row stored) {
        Table table = stored.table();
        if (expected == null) {
            if (headGone) {
                older++;
            } else {
                add(FindingKind.ROW_UNKNOWN, table, stored.key(), "no event tells of it");
            }
            return;
        }
        if (headGone && partlyGone(expected)) {
            older++;
            return;
        }
        List<String> differences = RowComparison.differences(expected, stored);
        if (differences.isEmpty()) {
            return;
        }
        long behind = Rebuild.version(expected) - Rebuild.version(stored);
        String versions = behind == 0
                ? ""
                : " (the row is of version " + Rebuild.version(stored) + ", the events of " + Rebuild.version(expected)
                        + ")";
        add(FindingKind.ROW_DIFFERS, table, stored.key(), String.join(", ", differences) + " differ" + versions);
    }

    /** Whether the row is that of a task of which retention has taken the first events. */
    private boolean partlyGone(Row row) {
        if (!Set.of(Table.TASKS, Table.TASK_HISTORY, Table.ROADMAPS).contains(row.table())) {
            return false;
        }
        TaskLife life = rebuild.lives().get(row.text(row.table().key().get(0).name()));
        return life != null && life.first() > 1;
    }

    private void add(FindingKind kind, Table table, String key, String detail) {
        findings.add(new Finding(kind, table == Table.TASKS ? key : table.sqlName() + " " + key, detail));
    }
}
