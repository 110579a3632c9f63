package io.millrace.readmodel.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.readmodel.row.Column;
import io.millrace.readmodel.row.JsonText;
import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.Rule;
import io.millrace.readmodel.row.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statement that writes rows of one table, whether they are there or not. {@code VALUES(c)} and not an alias: MariaDB does not
 * know the alias.
 *
 * @param table the table
 * @param origin whether the rows carry the columns of {@link Rule#ORIGIN}; when not, an insert gets stand-ins and an update leaves
 *     them alone
 */
record Upsert(Table table, boolean origin) {
    private static final Map<String, Object> STAND_INS = Map.of(
            "workflow_version",
            1,
            "priority",
            0,
            "compute_ms",
            0L,
            "round",
            0,
            "results_version",
            0L,
            "outcome_version",
            0L);
    /** Most rows of a statement, a power of two. */
    private static final int ROWS = 64;

    private static final Set<Table> WITH_ORIGIN = Set.of(Table.TASKS, Table.ROADMAPS);

    static Upsert of(Row row) {
        return new Upsert(row.table(), !WITH_ORIGIN.contains(row.table()) || row.carriesOrigin());
    }

    /** @param rows how many rows it writes */
    String sql(int rows) {
        String names = table.columns().stream().map(c -> quoted(c.name())).collect(Collectors.joining(", "));
        String marks =
                table.columns().stream().map(c -> c.rule().placeholder()).collect(Collectors.joining(", ", "(", ")"));
        String updates = table.columns().stream()
                .filter(c -> origin || c.rule() != Rule.ORIGIN)
                .map(c -> c.rule().assignment(quoted(c.name()), quoted(table.guard(c))))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        // Not INSERT IGNORE, which would turn errors in the data into silent changes of it.
        String key = quoted(table.columns().get(0).name());
        return "INSERT INTO " + table.sqlName() + " (" + names + ") VALUES "
                + String.join(", ", Collections.nCopies(rows, marks)) + " ON DUPLICATE KEY UPDATE "
                + (updates.isEmpty() ? key + " = " + key : updates);
    }

    /** Writes any number of rows with a few statements, which the server keeps prepared: 64 rows each, then 32, 16 and so on. */
    void write(Connection connection, List<Row> rows) throws SQLException {
        int from = 0;
        while (from < rows.size()) {
            int count = Math.min(ROWS, Integer.highestOneBit(rows.size() - from));
            writeAll(connection, rows.subList(from, from + count));
            from += count;
        }
    }

    private void writeAll(Connection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql(rows.size()))) {
            int parameter = 0;
            for (Row row : rows) {
                for (Column column : table.columns()) {
                    parameter++;
                    statement.setObject(parameter, value(row, column));
                }
            }
            statement.executeUpdate();
        }
    }

    private @Nullable Object value(Row row, Column column) {
        Object value = row.get(column.name());
        if (value instanceof JsonNode tree) {
            return JsonText.text(tree);
        }
        return value != null || !WITH_ORIGIN.contains(table) ? value : standIn(row, column.name());
    }

    /** For columns that must not be null and that the event does not carry. */
    private static @Nullable Object standIn(Row row, String column) {
        return column.equals("created_at") ? row.get("updated_at") : STAND_INS.get(column);
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }
}
