package io.millrace.readmodel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Ids that a statement takes in brackets, any number of them, with a few statements that the server keeps prepared. */
record IdList(List<String> ids) {
    /** Most ids of a statement, a power of two. */
    private static final int MOST = 1_024;

    private interface Work {
        void run(PreparedStatement statement) throws SQLException;
    }

    static IdList of(Collection<String> ids) {
        return new IdList(List.copyOf(ids));
    }

    /** @param sql a query for one text, up to the bracket that the ids stand in */
    Set<String> found(Connection connection, String sql) throws SQLException {
        Set<String> texts = new HashSet<>();
        forEach(connection, sql, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
        });
        return texts;
    }

    /** @param sql an update or delete, up to the bracket that the ids stand in */
    void update(Connection connection, String sql) throws SQLException {
        forEach(connection, sql, PreparedStatement::executeUpdate);
    }

    private void forEach(Connection connection, String sql, Work work) throws SQLException {
        for (int from = 0; from < ids.size(); from += MOST) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + MOST));
            int marks = roundUp(some.size());
            try (PreparedStatement statement =
                    connection.prepareStatement(sql + "(" + String.join(", ", Collections.nCopies(marks, "?")) + ")")) {
                for (int i = 0; i < marks; i++) {
                    // The last one again and again: its being there twice changes nothing.
                    statement.setString(i + 1, some.get(Math.min(i, some.size() - 1)));
                }
                work.run(statement);
            }
        }
    }

    /** To a power of two. */
    private static int roundUp(int number) {
        int below = Integer.highestOneBit(number);
        return below == number ? number : 2 * below;
    }
}
