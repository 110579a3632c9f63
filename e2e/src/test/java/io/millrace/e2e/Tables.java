package io.millrace.e2e;

import io.millrace.local.LocalStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What stands in MySQL. */
final class Tables {
    private final LocalStack stack;

    Tables(LocalStack stack) {
        this.stack = stack;
    }

    record TaskRow(String status, long version, int progress) {}

    Map<String, TaskRow> tasks(Set<String> ids) throws SQLException {
        String places = ids.stream().map(id -> "?").collect(Collectors.joining(","));
        Map<String, TaskRow> rows = new TreeMap<>();
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT id, status, version, progress FROM tasks WHERE id IN (" + places + ")")) {
            int place = 0;
            for (String id : ids) {
                query.setString(++place, id);
            }
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.put(
                            result.getString(1), new TaskRow(result.getString(2), result.getLong(3), result.getInt(4)));
                }
            }
        }
        return rows;
    }

    /** Rows of a table that belong to a task. */
    int count(String table, String column, String id) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement query =
                        connection.prepareStatement("SELECT COUNT(*) FROM " + table + " WHERE " + column + " = ?")) {
            query.setString(1, id);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    /** Tasks of a user that have ended. */
    int ended(String user) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement("SELECT COUNT(*) FROM tasks WHERE user_id = ?"
                        + " AND status IN ('completed', 'partial_failure', 'failed', 'cancelled')")) {
            query.setString(1, user);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    /** Tasks of a user whose status is another than this one. */
    int endedOtherwiseThan(String status, String user) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement query =
                        connection.prepareStatement("SELECT COUNT(*) FROM tasks WHERE user_id = ? AND status <> ?")) {
            query.setString(1, user);
            query.setString(2, status);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                stack.setup().databaseUrl(),
                stack.setup().databaseUser(),
                stack.setup().secrets().database());
    }
}
