package io.millrace.engine.task;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Timer;
import io.millrace.schemas.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A decision in the making about a task that is under way: the next state and the effects so far. */
final class TaskDraft {
    final String taskId;
    final TaskState.Builder state;
    final Workflow workflow;
    final Moment moment;
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

    /** @throws IllegalStateException when the move is not legal: a defect, caught by the random tests */
    void moveTo(TaskStatus next) {
        TaskStatus now = status();
        if (!now.mayBecome(next)) {
            throw new IllegalStateException("task " + taskId + " cannot go from " + now + " to " + next);
        }
        state.setStatus(next.wireName());
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    void addAll(List<Effect> more) {
        effects.addAll(more);
    }

    /** Arms the one timer of the task; the one before is taken back. */
    void arm(String kind, Duration delay) {
        disarm();
        long id = nextTimer();
        state.setTimer(id);
        wake(kind, id, delay);
    }

    void disarm() {
        if (state.getTimer() != 0) {
            effects.add(new Effect.CancelWake(token(state.getTimer())));
            state.setTimer(0);
        }
    }

    /** A timer beside the one of the phase. */
    void wake(String kind, long id, Duration delay) {
        Timer timer = Timer.newBuilder()
                .setKind(kind)
                .setAttempt(state.getAttempt())
                .setId(id)
                .setDueAtMs(now() + delay.toMillis())
                .setEpoch(moment.epoch())
                .build();
        effects.add(new Effect.Wake<>(
                delay, token(id), TaskMessage.newBuilder().setTimer(timer).build()));
    }

    long nextTimer() {
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

    private static String token(long id) {
        return "timer-" + id;
    }
}
