package io.millrace.engine.task;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.Grant;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.StillHere;
import io.millrace.schemas.v1.StillThere;
import io.millrace.schemas.v1.TaskError;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Timer;
import io.millrace.schemas.workflow.Definitions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drives one task: pure, without clock, network or Flink. What a message leads to depends only on what is remembered about
 * the task, the message and the moment; the caller applies the effects after the decision as a whole has succeeded.
 */
public final class TaskMachine {
    private final Drafts drafts;
    private final TaskEnding ending;
    private final PhaseRunner runner;
    private final TaskCommands commands;

    public TaskMachine(Definitions definitions, TaskLimits limits) {
        this.drafts = new Drafts(definitions);
        this.ending = new TaskEnding(limits);
        this.runner = new PhaseRunner(limits, ending);
        this.commands = new TaskCommands(definitions, limits, ending, runner);
    }

    /**
     * @param kept what the last decision about this task kept; null when nothing is known of it. Whoever keeps it may drop what has
     *     {@linkplain Tombstones#expired expired}
     * @throws io.millrace.engine.DefinitionMissing when the definitions lack the workflow the task began with
     */
    public Decision<TaskMemory> decide(String taskId, @Nullable TaskMemory kept, TaskMessage message, Moment moment) {
        TaskMemory memory = kept != null && Tombstones.expired(kept, moment.nowMillis()) ? null : kept;
        return switch (message.getBodyCase()) {
            case COMMAND -> commands.decide(taskId, memory, message.getCommand(), moment);
            case GRANT -> onGrant(taskId, memory, message.getGrant(), moment);
            case TIMER -> onTimer(taskId, memory, message.getTimer(), moment);
            case STILL_THERE -> onStillThere(taskId, memory, message.getStillThere());
            case ITEM -> {
                if (memory == null || !memory.hasActive()) {
                    yield unchanged(memory, List.of(new Effect.Count("stale_replies", 1)));
                }
                TaskDraft draft = drafts.of(taskId, memory.getActive(), moment);
                if (!PhaseRunner.wants(draft, message.getItem())) {
                    yield unchanged(memory, List.of(new Effect.Count("stale_replies", 1)));
                }
                runner.onItem(draft, message.getItem());
                yield ending.decision(draft);
            }
            case LOOKED_UP, KEPT ->
                throw new IllegalArgumentException("task " + taskId + ": its tombstone is kept elsewhere");
            case BODY_NOT_SET -> throw new IllegalArgumentException("task " + taskId + ": message without a body");
        };
    }

    /** Ends a task whose last decision threw: a defect, reported as such, never a reason to restart the job. */
    public Decision<TaskMemory> fail(String taskId, TaskMemory memory, String cause, Moment moment) {
        if (!memory.hasActive()) {
            return unchanged(memory, List.of());
        }
        TaskDraft draft = drafts.of(taskId, memory.getActive(), moment);
        if (draft.status() == TaskStatus.PROCESSING) {
            runner.tries().abandon(draft);
        }
        ending.fail(
                draft,
                TaskError.newBuilder()
                        .setCode(ErrorCode.INTERNAL.name())
                        .setMessage(cause)
                        .setPhase(TaskWords.phase(draft))
                        .build());
        return ending.decision(draft);
    }

    private Decision<TaskMemory> onGrant(String taskId, @Nullable TaskMemory memory, Grant grant, Moment moment) {
        TaskState state = memory != null && memory.hasActive() ? memory.getActive() : null;
        boolean wanted = state != null
                && TaskStatus.ofWireName(state.getStatus()) == TaskStatus.QUEUED
                && state.getTicket() == grant.getTicket()
                && !state.getSlotHeld();
        if (!wanted || state == null) {
            return unchanged(
                    memory,
                    List.of(new Effect.ToLane(grant.getLane(), LaneTickets.declined(taskId, grant.getTicket()))));
        }
        TaskDraft draft = drafts.of(taskId, state, moment);
        draft.state.setSlotHeld(true);
        runner.start(draft);
        return ending.decision(draft);
    }

    private Decision<TaskMemory> onTimer(String taskId, @Nullable TaskMemory memory, Timer timer, Moment moment) {
        if (memory == null || memory.hasEnded()) {
            return unchanged(memory, List.of(new Effect.Count("stale_timers", 1)));
        }
        TaskDraft draft = drafts.of(taskId, memory.getActive(), moment);
        if (Deadlines.concerns(timer.getKind())) {
            return onDeadline(draft, memory, timer.getKind());
        }
        if (!draft.rang(timer)) {
            return unchanged(memory, List.of(new Effect.Count("stale_timers", 1)));
        }
        draft.due().ifPresent(due -> runner.onTimer(draft, due));
        return ending.decision(draft);
    }

    /** A timer of an earlier life of the task finds no deadline. */
    private Decision<TaskMemory> onDeadline(TaskDraft draft, TaskMemory memory, String kind) {
        long due = Deadlines.due(draft.state, kind);
        if (due == 0) {
            return unchanged(memory, List.of(new Effect.Count("stale_timers", 1)));
        }
        if (due > draft.now()) {
            // Timers go by a clock that nobody sets; the wall clock, by which the deadline is meant, was set back.
            draft.wake(kind, due);
            return draft.decision(memory);
        }
        commands.onDeadline(draft, Deadlines.reason(kind));
        return ending.decision(draft);
    }

    private static Decision<TaskMemory> onStillThere(String taskId, @Nullable TaskMemory memory, StillThere question) {
        boolean holds = memory != null
                && memory.hasActive()
                && memory.getActive().getSlotHeld()
                && memory.getActive().getTicket() == question.getTicket();
        LaneMessage answer = holds
                ? LaneMessage.newBuilder()
                        .setStillHere(StillHere.newBuilder().setTaskId(taskId).setTicket(question.getTicket()))
                        .build()
                : LaneTickets.release(taskId, question.getTicket());
        return unchanged(memory, List.of(new Effect.ToLane(question.getLane(), answer)));
    }

    private static Decision<TaskMemory> unchanged(@Nullable TaskMemory memory, List<Effect> effects) {
        return new Decision<>(memory, effects);
    }
}
