package io.millrace.readmodel.store;

import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tasks that their owners deleted. Their rows go, but for the one in {@code tasks}: emptied and with {@code deleted_at} it stands
 * against older events that come later, as after a restart from an older checkpoint.
 */
final class Deletions {
    private static final String EMPTY = "UPDATE " + Table.TASKS.sqlName() + " SET "
            + Row.emptiedColumns().stream().map(name -> name + " = NULL").collect(Collectors.joining(", "))
            + " WHERE id IN (";

    private Deletions() {}

    /** Which of the tasks were deleted. */
    static Set<String> among(Connection connection, Collection<String> tasks) throws SQLException {
        Set<String> deleted = new HashSet<>();
        if (tasks.isEmpty()) {
            return deleted;
        }
        String query = "SELECT id FROM " + Table.TASKS.sqlName() + " WHERE deleted_at IS NOT NULL AND id IN (";
        try (PreparedStatement statement = prepare(connection, query, tasks);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                deleted.add(found.getString(1));
            }
        }
        return deleted;
    }

    /** Takes away what was stored of tasks that were just marked. */
    static void apply(Connection connection, Collection<String> tasks) throws SQLException {
        if (tasks.isEmpty()) {
            return;
        }
        update(connection, EMPTY, tasks);
        for (Table table :
                Arrays.stream(Table.values()).filter(Table::goesWithItsTask).toList()) {
            update(
                    connection,
                    "DELETE FROM " + table.sqlName() + " WHERE "
                            + table.key().get(0).name() + " IN (",
                    tasks);
        }
    }

    private static void update(Connection connection, String sql, Collection<String> tasks) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, tasks)) {
            statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Collection<String> tasks)
            throws SQLException {
        String marks = String.join(", ", Collections.nCopies(tasks.size(), "?"));
        PreparedStatement statement = connection.prepareStatement(sql + marks + ")");
        try {
            int parameter = 0;
            for (String task : tasks) {
                statement.setString(++parameter, task);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
