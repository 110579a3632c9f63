package io.millrace.local.cli;

import io.millrace.local.client.TaskEvent;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows one task as it moves: a bar on a terminal, a line for each change of phase elsewhere. */
final class TaskScreen implements AutoCloseable {
    private static final int WHOLE = 100;
    private static final int REDRAW_MILLIS = 100;

    private final PrintStream out;
    private final @Nullable ProgressBar bar;
    private String phase = "";

    TaskScreen(PrintStream out, boolean terminal) {
        this.out = out;
        this.bar = terminal ? bar() : null;
    }

    private static ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName("poster")
                .setInitialMax(WHOLE)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .hideEta()
                .build();
    }

    void show(TaskEvent event) {
        if (event.event().equals("gap") || event.event().equals("log") || event.isLast()) {
            return;
        }
        if (bar != null) {
            bar.stepTo(Math.max(bar.getCurrent(), event.progress()));
            bar.setExtraMessage(" " + event.phase() + "  " + event.message());
        } else if (!event.phase().equals(phase)) {
            out.printf(Locale.ROOT, "  %3d %%  %-22s %s%n", event.progress(), event.phase(), event.message());
        }
        phase = event.phase();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /** What became of the task, and where its time went. */
    static void summary(PrintStream out, TaskEvent last) {
        out.println(
                "Task " + last.taskId() + " " + last.status() + (last.error().isEmpty() ? "" : ": " + last.error()));
        if (last.timings().isEmpty()) {
            return;
        }
        out.printf(Locale.ROOT, "  %-24s %8s %8s%n", "PHASE", "MS", "MODEL");
        for (TaskEvent.PhaseTime time : last.timings()) {
            String name = time.round() == 0 ? time.phase() : time.phase() + " (round " + (time.round() + 1) + ")";
            out.printf(Locale.ROOT, "  %-24s %8d %8d%n", name, time.millis(), time.computeMillis());
        }
    }

    static boolean isTerminal() {
        return System.console() != null;
    }
}
