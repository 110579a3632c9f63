package io.millrace.engine.task;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.ItemState;
import io.millrace.schemas.v1.LogLine;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Timer;
import io.millrace.schemas.workflow.Phase;
import io.millrace.schemas.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A decision in the making about a task: the next state and the effects so far. */
final class TaskDraft {
    private static final Set<String> LEVELS = Set.of("info", "warn", "error");
    private static final int MAX_LINES = 50;
    private static final int MAX_LINE = 300;

    /** Tickets and timers of one attempt are numbered above this many times the attempt: none is used twice, whatever was forgotten. */
    private static final int NUMBERS_OF_AN_ATTEMPT = 20;

    final String taskId;
    final TaskState.Builder state;
    final Workflow workflow;
    final Moment moment;
    /** Set when what is reported is that the task was deleted. */
    boolean deleted;

    private final List<Effect> effects = new ArrayList<>();

    TaskDraft(String taskId, TaskState.Builder state, Workflow workflow, Moment moment) {
        this.taskId = taskId;
        this.state = state;
        this.workflow = workflow;
        this.moment = moment;
    }

    long now() {
        return moment.nowMillis();
    }

    TaskStatus status() {
        return TaskStatus.ofWireName(state.getStatus());
    }

    /** The phase the task is in. */
    Phase phase() {
        return workflow.phase(state.getPhaseIndex());
    }

    /** @throws IllegalStateException when the move is not legal: a defect, caught by the random tests */
    void moveTo(TaskStatus next) {
        TaskStatus now = status();
        if (!now.mayBecome(next)) {
            throw new IllegalStateException("task " + taskId + " cannot go from " + now + " to " + next);
        }
        state.setStatus(next.wireName());
    }

    /** Raises the fence: nothing of the attempt before can change the task any more. */
    void nextAttempt() {
        state.setAttempt(state.getAttempt() + 1);
        numbersFrom(state.getAttempt());
    }

    /** Begins the numbers of an attempt whose predecessors are forgotten. */
    void numbersFrom(int attempt) {
        long first = (long) attempt << NUMBERS_OF_AN_ATTEMPT;
        state.setTicketsUsed(Math.max(state.getTicketsUsed(), first));
        state.setTimersUsed(Math.max(state.getTimersUsed(), first));
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    /** Keeps what a function logged for the next event; the oldest lines give way. */
    void log(List<LogLine> lines) {
        for (LogLine line : lines) {
            if (state.getLinesCount() == MAX_LINES) {
                state.removeLines(0);
            }
            String message = line.getMessage();
            state.addLines(line.toBuilder()
                    .setLevel(LEVELS.contains(line.getLevel()) ? line.getLevel() : "info")
                    .setMessage(message.length() <= MAX_LINE ? message : message.substring(0, MAX_LINE)));
        }
    }

    /**
     * Arms the one timer of the phase in place of the one before. An alarm that is under way and rings no later serves it too, so that
     * phases which are in time delay no message of their own.
     */
    void arm(String kind, Duration delay) {
        Timer timer = timer(kind, nextTimer(), delay);
        state.setArmed(timer);
        if (state.getAlarm() == 0 || state.getAlarmAtMs() > timer.getDueAtMs()) {
            silence();
            alarm(timer);
        }
    }

    /** It is this time or later. Where the wall clock says otherwise, it was set back, and what the phase waits for is moved by as much. */
    void notBefore(long millis) {
        long setBack = millis - now();
        if (setBack <= 0) {
            return;
        }
        state.setAlarmAtMs(back(state.getAlarmAtMs(), setBack))
                .setOutageSinceMs(back(state.getOutageSinceMs(), setBack));
        if (state.hasArmed()) {
            state.getArmedBuilder().setDueAtMs(back(state.getArmed().getDueAtMs(), setBack));
        }
        for (ItemState.Builder item : state.getItemsBuilderList()) {
            item.setDueAtMs(back(item.getDueAtMs(), setBack)).setOutageSinceMs(back(item.getOutageSinceMs(), setBack));
        }
    }

    /** 0, which stands for none, stays. */
    private static long back(long millis, long setBack) {
        return millis == 0 ? 0 : millis - setBack;
    }

    /** Whatever could not be computed for reasons that are not its own: the time until now does not count. */
    void outagesBeginNow() {
        if (state.getOutageSinceMs() != 0) {
            state.setOutageSinceMs(now());
        }
        for (ItemState.Builder item : state.getItemsBuilderList()) {
            if (item.getOutageSinceMs() != 0) {
                item.setOutageSinceMs(now());
            }
        }
    }

    void disarm() {
        state.clearArmed();
    }

    /** Takes the alarm back. */
    void silence() {
        if (state.getAlarm() != 0) {
            effects.add(new Effect.CancelWake(token(state.getAlarm())));
            state.setAlarm(0);
        }
    }

    /** @return whether it is the alarm under way, which has rung now */
    boolean rang(Timer alarm) {
        boolean ours = state.getAlarm() != 0 && alarm.getId() == state.getAlarm();
        if (ours) {
            // Alarms go by a clock that nobody sets.
            notBefore(state.getAlarmAtMs());
            state.setAlarm(0);
        }
        return ours;
    }

    /** After the alarm: the armed timer if it is due. If it has been put off, it gets an alarm of its own. */
    Optional<Timer> due() {
        if (!state.hasArmed()) {
            return Optional.empty();
        }
        Timer timer = state.getArmed();
        if (timer.getDueAtMs() > now()) {
            alarm(timer);
            return Optional.empty();
        }
        disarm();
        return Optional.of(timer);
    }

    private void alarm(Timer timer) {
        state.setAlarm(timer.getId()).setAlarmAtMs(timer.getDueAtMs());
        wake(token(timer.getId()), timer);
    }

    /** A timer beside the one of the phase. There is one of a kind: a later one takes the place of the one before. */
    void wake(String kind, long dueAtMillis) {
        wake(kind, timer(kind, 0, Duration.ofMillis(Math.max(1, dueAtMillis - now()))));
    }

    /** Takes back the timer of this kind. */
    void silence(String kind) {
        effects.add(new Effect.CancelWake(kind));
    }

    private void wake(String token, Timer timer) {
        Duration delay = Duration.ofMillis(timer.getDueAtMs() - now());
        effects.add(new Effect.Wake<>(
                delay, token, TaskMessage.newBuilder().setTimer(timer).build()));
    }

    private Timer timer(String kind, long id, Duration delay) {
        return Timer.newBuilder()
                .setKind(kind)
                .setAttempt(state.getAttempt())
                .setId(id)
                .setDueAtMs(now() + delay.toMillis())
                .setEpoch(moment.epoch())
                .build();
    }

    private long nextTimer() {
        long id = state.getTimersUsed() + 1;
        state.setTimersUsed(id);
        return id;
    }

    Decision<TaskMemory> decision() {
        state.setUpdatedAtMs(now());
        return new Decision<>(TaskMemory.newBuilder().setActive(state).build(), effects);
    }

    Decision<TaskMemory> decision(TaskMemory memory) {
        return new Decision<>(memory, effects);
    }

    /** Nothing is kept; only the effects remain. */
    Decision<TaskMemory> forgotten() {
        return new Decision<>(null, effects);
    }

    private static String token(long id) {
        return "timer-" + id;
    }
}
