package io.millrace.local.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.process.Identity;
import io.millrace.local.process.Memory;
import io.millrace.local.process.PidFile;
import io.millrace.local.report.RoomReport;
import io.millrace.local.report.StackReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A stack as it is now: the supervisor's last report, checked against the processes that run.
 *
 * @param state {@code starting, ready, degraded, failed, stopping, stopped}, or {@code unsupervised} when rooms run and
 *     nobody watches over them
 * @param message what is wrong, or empty
 * @param home its folder
 * @param portBase its first port
 * @param readyAfterMs time the last {@code up} took, 0 when it was never ready
 * @param rssBytes memory of all its processes, supervisor included
 * @param rooms one for each process
 */
record StatusView(
        String state, String message, String home, int portBase, long readyAfterMs, long rssBytes, List<Line> rooms) {
    /**
     * One process.
     *
     * @param room its id, or {@code supervisor}
     * @param pid 0 when it does not run
     * @param ports it listens on
     * @param health wire name of the room's state, {@code unknown} without a supervisor
     * @param rssBytes resident memory
     * @param restarts since the stack came up
     * @param uptimeMs of its process
     * @param log path of its log
     */
    record Line(
            String room,
            long pid,
            List<Integer> ports,
            String health,
            long rssBytes,
            int restarts,
            long uptimeMs,
            String log) {}

    StatusView {
        rooms = List.copyOf(rooms);
    }

    /** Whether every room is ready. */
    @JsonIgnore
    boolean up() {
        return state.equals("ready");
    }

    static StatusView of(LocalStack stack) {
        Optional<StackReport> report = stack.report();
        boolean supervised = stack.isSupervised();
        List<Line> lines = new ArrayList<>();
        for (Room room : Room.values()) {
            Optional<RoomReport> seen = report.flatMap(last -> last.rooms().stream()
                    .filter(candidate -> candidate.room() == room)
                    .findFirst());
            lines.add(line(stack, room, seen, supervised));
        }
        boolean anyRuns = lines.stream().anyMatch(line -> line.pid() > 0);
        if (supervised) {
            lines.add(supervisor(stack, report));
        }
        return new StatusView(
                state(report, supervised, anyRuns),
                message(report, supervised, anyRuns),
                stack.setup().home().folder().toString(),
                stack.setup().ports().base(),
                report.map(StackReport::readyAfterMs).orElse(0L),
                lines.stream().mapToLong(Line::rssBytes).sum(),
                lines);
    }

    private static Line line(LocalStack stack, Room room, Optional<RoomReport> seen, boolean supervised) {
        long pid = new PidFile(stack.setup().home().pid(room))
                .alive()
                .map(ProcessHandle::pid)
                .orElse(0L);
        String alone = pid > 0 ? "unknown" : "stopped";
        String health = supervised ? seen.map(report -> lower(report.state())).orElse("not started") : alone;
        return new Line(
                room.id(),
                pid,
                stack.setup().ports().of(room),
                health,
                pid > 0 ? Memory.resident(pid) : 0,
                seen.map(RoomReport::restarts).orElse(0),
                uptime(pid),
                stack.setup().home().log(room).toString());
    }

    private static Line supervisor(LocalStack stack, Optional<StackReport> report) {
        long pid = report.map(StackReport::supervisor).orElse(0L);
        String log = stack.setup().home().supervisorLog().toString();
        return new Line("supervisor", pid, List.of(), "ready", Memory.resident(pid), 0, uptime(pid), log);
    }

    private static long uptime(long pid) {
        return ProcessHandle.of(pid)
                .filter(handle -> Identity.of(pid).isPresent())
                .flatMap(handle -> handle.info().startInstant())
                .map(start -> Math.max(0, System.currentTimeMillis() - start.toEpochMilli()))
                .orElse(0L);
    }

    private static String state(Optional<StackReport> report, boolean supervised, boolean anyRuns) {
        if (supervised) {
            return report.map(last -> lower(last.state())).orElse("starting");
        }
        return anyRuns ? "unsupervised" : "stopped";
    }

    private static String message(Optional<StackReport> report, boolean supervised, boolean anyRuns) {
        if (!supervised && anyRuns) {
            return "Rooms run but nobody watches over them: ./millrace up takes them over, ./millrace down ends them.";
        }
        return report.map(StackReport::message).orElse("");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
