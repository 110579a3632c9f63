package io.millrace.local.report;

import java.util.List;

/**
 * A stack as its supervisor last saw it: the content of {@code status.json}.
 *
 * @param state of all rooms together
 * @param message one sentence for a person when something is wrong, otherwise empty
 * @param supervisor process id
 * @param portBase first port
 * @param startedAt ms since 1970
 * @param readyAfterMs time from the start until every room was ready, 0 before that
 * @param updatedAt ms since 1970; older than some seconds means that nobody watches
 * @param rooms those that belong to the stack
 */
public record StackReport(
        StackState state,
        String message,
        long supervisor,
        int portBase,
        long startedAt,
        long readyAfterMs,
        long updatedAt,
        List<RoomReport> rooms) {
    public StackReport {
        rooms = List.copyOf(rooms);
    }
}
