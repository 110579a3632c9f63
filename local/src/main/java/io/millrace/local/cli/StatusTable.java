package io.millrace.local.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A stack's status for a terminal. */
final class StatusTable {
    private static final String ROW = "%-12s %7s  %-16s %-12s %8s %9s %9s%n";
    private static final double MIB = 1 << 20;

    private final StatusView view;

    StatusTable(StatusView view) {
        this.view = view;
    }

    void print(PrintStream out) {
        out.printf(Locale.ROOT, ROW, "ROOM", "PID", "PORTS", "HEALTH", "RSS", "RESTARTS", "UPTIME");
        for (StatusView.Line line : view.rooms()) {
            out.printf(
                    Locale.ROOT,
                    ROW,
                    line.room(),
                    line.pid() > 0 ? Long.toString(line.pid()) : "-",
                    ports(line.ports()),
                    line.health(),
                    line.pid() > 0 ? megabytes(line.rssBytes()) : "-",
                    line.pid() > 0 ? Integer.toString(line.restarts()) : "-",
                    line.pid() > 0 ? time(line.uptimeMs()) : "-");
        }
        out.printf(Locale.ROOT, ROW, "total", "", "", view.state(), megabytes(view.rssBytes()), "", "");
        if (view.readyAfterMs() > 0) {
            out.printf(Locale.ROOT, "up took %.1f s", view.readyAfterMs() / 1000.0);
            out.println("   home " + view.home());
        }
        if (!view.message().isEmpty()) {
            out.println(view.message());
        }
    }

    private static String ports(List<Integer> ports) {
        return ports.isEmpty() ? "-" : ports.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / MIB);
    }

    /** For example {@code 42s}, {@code 3m05s}, {@code 2h07m}. */
    static String time(long millis) {
        Duration duration = Duration.ofMillis(millis);
        if (duration.toHours() > 0) {
            return String.format(Locale.ROOT, "%dh%02dm", duration.toHours(), duration.toMinutesPart());
        }
        if (duration.toMinutes() > 0) {
            return String.format(Locale.ROOT, "%dm%02ds", duration.toMinutes(), duration.toSecondsPart());
        }
        return duration.toSeconds() + "s";
    }
}
