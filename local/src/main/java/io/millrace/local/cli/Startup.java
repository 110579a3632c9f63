package io.millrace.local.cli;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.report.RoomReport;
import io.millrace.local.report.RoomState;
import io.millrace.local.report.StackReport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Brings a stack up in front of somebody: one line for each room as it becomes ready. */
final class Startup {
    /** The first start unpacks a database and builds a model; later ones take a fraction of it. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final PrintStream out;
    private final Set<Room> shown = EnumSet.noneOf(Room.class);
    private final Map<Room, Integer> restarts = new EnumMap<>(Room.class);
    private final long begin = System.nanoTime();

    Startup(PrintStream out) {
        this.out = out;
    }

    LocalStack run(StackOptions options) throws IOException, InterruptedException {
        out.println("Starting Millrace in " + StackChoice.home());
        LocalStack stack = StackChoice.start(options);
        stack.awaitReady(PATIENCE, this::show);
        stack.report().ifPresent(this::show);
        out.printf(Locale.ROOT, "Ready after %.1f s.%n", seconds());
        return stack;
    }

    private void show(StackReport report) {
        for (RoomReport room : report.rooms()) {
            if (room.state() == RoomState.RESTARTING && restarts.getOrDefault(room.room(), 0) < room.restarts()) {
                restarts.put(room.room(), room.restarts());
                out.printf(
                        Locale.ROOT,
                        "  %-12s again  %5.1f s   %s%n",
                        room.room().id(),
                        seconds(),
                        room.message());
            }
            if (room.state() == RoomState.READY && shown.add(room.room())) {
                out.printf(
                        Locale.ROOT,
                        "  %-12s ready  %5.1f s   pid %d%n",
                        room.room().id(),
                        seconds(),
                        room.pid());
            }
        }
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }
}
