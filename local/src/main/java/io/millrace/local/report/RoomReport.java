package io.millrace.local.report;

import io.millrace.local.Room;
import java.util.List;

/**
 * One room, as the supervisor last saw it.
 *
 * @param room which one
 * @param state what it is doing
 * @param pid of its process, 0 when there is none
 * @param ports it listens on
 * @param restarts how often it was started again since the stack came up
 * @param startedAt ms since 1970 of its process, 0 when there is none
 * @param log path of its log
 * @param message what went wrong last, or empty
 */
public record RoomReport(
        Room room,
        RoomState state,
        long pid,
        List<Integer> ports,
        int restarts,
        long startedAt,
        String log,
        String message) {
    public RoomReport {
        ports = List.copyOf(ports);
    }

    public RoomReport in(RoomState next, String why) {
        return new RoomReport(room, next, pid, ports, restarts, startedAt, log, why);
    }

    public RoomReport running(long newPid, long since) {
        return new RoomReport(room, RoomState.STARTING, newPid, ports, restarts, since, log, "");
    }

    public RoomReport ended(String why) {
        return new RoomReport(room, RoomState.RESTARTING, 0, ports, restarts + 1, 0, log, why);
    }
}
