package io.millrace.edge.live;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.Step;
import io.millrace.schemas.v1.Tick;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one task, and the rule by which records of several incarnations of the orchestrator become one story:
 * a lower epoch is dropped; a step that was shown with equal content is not shown again; a different one replaces it and all after it.
 */
final class TaskTrack {
    private static final int MAX_REMEMBERED = 256;

    /** A step that was shown; the print leaves out epoch, times and the place in the queue. */
    private record Shown(long print, Milestone milestone) {}

    private final List<Shown> shown = new ArrayList<>();
    private TaskView view;
    private Place place;
    private long epoch;
    private int lastInEpoch;
    private float fraction = -1;
    private @Nullable LiveEvent lastMovement;
    private boolean committed;
    private long touchedMillis;

    TaskTrack(TaskView view, Place place) {
        this.view = view;
        this.place = place;
        this.touchedMillis = view.timeMillis();
    }

    /** Takes a step. @return whether it is news */
    boolean onStep(LogRecord record, long nowMillis) {
        Progress progress = record.progress();
        if (progress.getEpoch() < epoch || (progress.getEpoch() == epoch && progress.getStep() <= lastInEpoch)) {
            return false;
        }
        epoch = progress.getEpoch();
        lastInEpoch = progress.getStep();
        touchedMillis = nowMillis;
        TaskView next = viewOf(record, inputParams(progress));
        long print = print(progress);
        if (isKnown(progress.getStep(), print)) {
            if (progress.getStep() == view.number()) {
                view = next;
            }
            return false;
        }
        shown.removeIf(earlier -> earlier.milestone.number() >= progress.getStep());
        if (shown.size() == MAX_REMEMBERED) {
            shown.remove(0);
        }
        shown.add(new Shown(print, Milestone.of(next)));
        view = next;
        place = record.place();
        fraction = -1;
        lastMovement = null;
        committed = false;
        return true;
    }

    /** Takes a tick. @return the event to be told, or null when the tick is stale, goes back or comes after the end */
    @Nullable
    LiveEvent onTick(LogRecord record, long nowMillis) {
        Progress progress = record.progress();
        Tick tick = progress.getTick();
        Step step = view.step();
        boolean stale = progress.getAttempt() != view.attempt() || progress.getStep() != view.number();
        if (stale || view.ended() || !tick.getPhase().equals(step.getPhase())) {
            return null;
        }
        if (!tick.getLevel().isEmpty()) {
            touchedMillis = nowMillis;
            return LiveEvent.ofRecord(record).orElse(null);
        }
        if (!(tick.getFraction() > fraction && tick.getFraction() <= 1)) {
            return null;
        }
        touchedMillis = nowMillis;
        fraction = tick.getFraction();
        LiveEvent.Moved moved = new LiveEvent.Moved(view, tick, bar(step), progress.getTimeMs());
        lastMovement = new LiveEvent(record.place(), view.taskId(), view.userId(), moved);
        return lastMovement;
    }

    /** Ticks stay below the mark of the next phase. */
    private int bar(Step step) {
        int from = step.getProgress();
        int room = Math.max(0, step.getNextMark() - from);
        int moved = (int) (Math.max(0, fraction) * room);
        return from + Math.min(moved, Math.max(0, room - 1));
    }

    private boolean isKnown(int number, long print) {
        for (Shown earlier : shown) {
            if (earlier.milestone.number() == number) {
                return earlier.print == print;
            }
        }
        return false;
    }

    private ByteString inputParams(Progress progress) {
        ByteString own = progress.getStepTaken().getInputParams();
        return own.isEmpty() ? view.inputParams() : own;
    }

    /**
     * Takes the commit of a terminal event.
     *
     * @return whether it is news: the task has ended, at this version or an earlier one, and was not deleted since
     */
    boolean onCommitted(long version) {
        if (committed
                || !view.ended()
                || view.deleted()
                || view.number() == 0
                || view.step().getVersion() > version) {
            return false;
        }
        committed = true;
        return true;
    }

    static TaskView viewOf(LogRecord record, ByteString inputParams) {
        Progress progress = record.progress();
        return new TaskView(
                progress.getTaskId(),
                progress.getUserId(),
                progress.getCampaignId(),
                progress.getAttempt(),
                progress.getStep(),
                progress.getStepTaken().toBuilder().clearInputParams().build(),
                inputParams,
                progress.getTimeMs());
    }

    private static long print(Progress progress) {
        Step plain = progress.getStepTaken().toBuilder()
                .clearStartedAtMs()
                .clearCompletedAtMs()
                .clearTimings()
                .clearQueuePosition()
                .build();
        ByteString bytes = plain.toByteString();
        long print = 0xcbf29ce484222325L ^ progress.getAttempt();
        for (int i = 0; i < bytes.size(); i++) {
            print = (print ^ bytes.byteAt(i)) * 0x100000001b3L;
        }
        return print;
    }

    /** Whether it is in the queue of this attempt. */
    boolean waits(int attempt) {
        boolean waiting = view.status() == TaskStatus.QUEUED || view.status() == TaskStatus.PENDING;
        return waiting && attempt >= view.attempt();
    }

    /** Whether it is not in the queue, and its next step may put it there in this attempt: a resumed or recovered task. */
    boolean mayWaitNext(int attempt) {
        return !waits(attempt)
                && (attempt > view.attempt() || (attempt == view.attempt() && view.status() == TaskStatus.PAUSED));
    }

    TaskView view() {
        return view;
    }

    Place place() {
        return place;
    }

    boolean committed() {
        return committed;
    }

    /** The newest movement inside the current phase. */
    @Nullable
    LiveEvent lastMovement() {
        return lastMovement;
    }

    long touchedMillis() {
        return touchedMillis;
    }

    long epoch() {
        return epoch;
    }

    List<Milestone> milestones() {
        return shown.stream().map(Shown::milestone).toList();
    }
}
