package io.millrace.local.audit;

import io.millrace.readmodel.row.Column;
import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Rows of the task tables as the database has them. */
final class TableReader implements AutoCloseable {
    private final Connection connection;

    /** @throws SQLException when the database does not answer within five seconds */
    TableReader(String url, String user, String password) throws SQLException {
        String options = (url.contains("?") ? "&" : "?") + "connectTimeout=5000&socketTimeout=60000";
        connection = DriverManager.getConnection(url + options, user, password);
    }

    /** One row of {@code tasks}. */
    Optional<Row> task(String id) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT * FROM " + Table.TASKS.sqlName() + " WHERE id = ?")) {
            query.setString(1, id);
            try (ResultSet found = query.executeQuery()) {
                return found.next() ? Optional.of(new Row(Table.TASKS, values(Table.TASKS, found))) : Optional.empty();
            }
        }
    }

    /** Each row of a slice of a table in turn: it need not fit into memory. */
    void each(Table table, Slice slice, Consumer<Row> reader) throws SQLException {
        String columns = table.columns().stream()
                .map(column -> "`" + column.name() + "`")
                .collect(Collectors.joining(", "));
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            // The driver's word for "one row after the other".
            statement.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet found = statement.executeQuery(
                    "SELECT " + columns + " FROM " + table.sqlName() + " WHERE " + slice.condition(table))) {
                while (found.next()) {
                    reader.accept(new Row(table, values(table, found)));
                }
            }
        }
    }

    private static Map<String, Object> values(Table table, ResultSet found) throws SQLException {
        Map<String, Object> values = new HashMap<>();
        for (Column column : table.columns()) {
            Object value = column.name().endsWith("_at")
                    ? found.getObject(column.name(), LocalDateTime.class)
                    : found.getObject(column.name());
            if (value != null) {
                values.put(column.name(), value);
            }
        }
        return values;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
