package io.millrace.readmodel.store;

import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import java.sql.SQLException;
import java.util.Set;

/** Tells what a row is to blame for from what the database is to blame for. */
public final class DataError {
    /** SQL states "data exception" and "integrity constraint violation". */
    private static final Set<String> STATES = Set.of("22", "23");
    /**
     * Data errors that come with a general state: packet too large (1153), no default (1364), wrong value (1366, 1411), row too big
     * (1118), invalid JSON (3140, 3141), check violated on MySQL (3819) and MariaDB (4025).
     */
    private static final Set<Integer> CODES = Set.of(1118, 1153, 1364, 1366, 1411, 3140, 3141, 3819, 4025);

    private DataError() {}

    /**
     * Whether the statement fails again however often it is sent. Everything else (no connection, no table, no right, read-only, disk
     * full, deadlock) may pass and is worth waiting for.
     */
    public static boolean is(SQLException error) {
        if (error instanceof PacketTooBigException || CODES.contains(error.getErrorCode())) {
            return true;
        }
        String state = error.getSQLState();
        return state != null && state.length() >= 2 && STATES.contains(state.substring(0, 2));
    }
}
