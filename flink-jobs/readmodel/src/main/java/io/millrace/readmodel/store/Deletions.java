package io.millrace.readmodel.store;

import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tasks that their owners deleted. Their rows go, but for the one in {@code tasks}: emptied and with {@code deleted_at} it stands
 * against older events that come later, as after a restart from an older checkpoint.
 */
final class Deletions {
    private static final String DELETED =
            "SELECT id FROM " + Table.TASKS.sqlName() + " WHERE deleted_at IS NOT NULL AND id IN ";
    private static final String EMPTY = "UPDATE " + Table.TASKS.sqlName() + " SET "
            + Row.emptiedColumns().stream().map(name -> name + " = NULL").collect(Collectors.joining(", "))
            + " WHERE id IN ";

    private Deletions() {}

    /** Which of the tasks were deleted. */
    static Set<String> among(Connection connection, Collection<String> tasks) throws SQLException {
        return IdList.of(tasks).found(connection, DELETED);
    }

    /** Takes away what was stored of tasks that were just marked. */
    static void apply(Connection connection, Collection<String> tasks) throws SQLException {
        IdList ids = IdList.of(tasks);
        ids.update(connection, EMPTY);
        for (Table table :
                Arrays.stream(Table.values()).filter(Table::goesWithItsTask).toList()) {
            String id = table.key().get(0).name();
            ids.update(connection, "DELETE FROM " + table.sqlName() + " WHERE " + id + " IN ");
        }
    }
}
