package io.millrace.engine.task;

import io.millrace.engine.Decision;
import io.millrace.engine.Moment;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Tombstone;
import io.millrace.schemas.workflow.Definitions;
import org.jspecify.annotations.Nullable;

/**
 * What people and edges may ask of a task. Every command is answered, a repeat with the answer it got before; the table of all
 * commands and states is in docs/control.md.
 */
final class TaskCommands {
    private static final String STRANGER = "the task belongs to another user";

    private final TaskLimits limits;
    private final TaskEnding ending;
    private final PhaseRunner runner;
    private final Drafts drafts;
    private final Submits submits;
    private final Pauses pauses;
    private final Workers workers;
    private final Revivals revivals;

    TaskCommands(Definitions definitions, TaskLimits limits, TaskEnding ending, PhaseRunner runner) {
        this.limits = limits;
        this.ending = ending;
        this.runner = runner;
        this.drafts = new Drafts(definitions);
        this.submits = new Submits(definitions, limits, ending);
        this.pauses = new Pauses(runner);
        this.workers = new Workers(runner, new ReplyCheck(limits));
        this.revivals = new Revivals(drafts, ending);
    }

    Decision<TaskMemory> decide(String taskId, @Nullable TaskMemory memory, TaskCommand command, Moment moment) {
        Asked asked = new Asked(taskId, command, moment);
        if (memory == null) {
            return onUnknown(asked);
        }
        if (memory.hasEnded()) {
            return onEnded(asked, memory);
        }
        return onActive(asked, memory);
    }

    /** A deadline the task was submitted with has come. */
    void onDeadline(TaskDraft draft, String reason) {
        if (draft.status() == TaskStatus.PROCESSING) {
            runner.tries().abandon(draft);
        }
        ending.cancel(draft, reason);
    }

    private Decision<TaskMemory> onUnknown(Asked asked) {
        return switch (asked.command().getBodyCase()) {
            case SUBMIT -> submits.submit(asked, null);
            case CANCEL -> submits.cancelBeforeSeen(asked);
            case START, RECOVER -> revivals.recover(asked, null);
            case DELETE -> revivals.delete(asked, null);
            case RESYNC -> revivals.resync(asked, null);
            case PAUSE, RESUME, STOP, REPORT, FINISH ->
                asked.refusal(null, ErrorCode.NOT_FOUND, "no task with this id is under way", "");
            case SET_LANE_LIMIT, START_CAMPAIGN, CANCEL_CAMPAIGN, BODY_NOT_SET -> strange(asked, null, "");
        };
    }

    private Decision<TaskMemory> onEnded(Asked asked, TaskMemory memory) {
        Tombstone ended = memory.getEnded();
        String status = ended.getStatus();
        if (!Tombstones.ownedBy(ended, asked.command().getUserId())) {
            return asked.refusal(memory, ErrorCode.FORBIDDEN, STRANGER, "");
        }
        // Every submit of a task has one id: only its parameters tell whether it is a repeat.
        if (!asked.command().hasSubmit()
                && Tombstones.endedBy(ended, asked.command().getCommandId())) {
            return asked.answered(memory, Asked.accepted("", status));
        }
        if (ended.getDeleted()) {
            return asked.command().hasSubmit()
                    ? asked.refusal(memory, ErrorCode.CONFLICT, "the task was deleted: use another id", "")
                    : asked.refusal(memory, ErrorCode.NOT_FOUND, "the task was deleted", "");
        }
        if (ended.getCancelledBeforeSeen() && !asked.command().hasSubmit()) {
            return asked.refusal(memory, ErrorCode.CONFLICT, "the task is already " + status, status);
        }
        return switch (asked.command().getBodyCase()) {
            case SUBMIT -> submits.again(asked, memory);
            case START, RECOVER -> revivals.recover(asked, memory);
            case DELETE -> revivals.delete(asked, memory);
            case RESYNC -> revivals.resync(asked, memory);
            case CANCEL, PAUSE, RESUME, STOP, REPORT, FINISH ->
                asked.refusal(memory, ErrorCode.CONFLICT, "the task is already " + status, status);
            case SET_LANE_LIMIT, START_CAMPAIGN, CANCEL_CAMPAIGN, BODY_NOT_SET -> strange(asked, memory, status);
        };
    }

    private Decision<TaskMemory> onActive(Asked asked, TaskMemory memory) {
        TaskState state = memory.getActive();
        if (!state.getUserId().equals(asked.command().getUserId())) {
            return asked.refusal(memory, ErrorCode.FORBIDDEN, STRANGER, "");
        }
        if (asked.command().hasSubmit()) {
            return submits.again(asked, memory);
        }
        CommandAnswer before = asked.before(state);
        if (before != null) {
            return asked.answered(memory, before.toBuilder());
        }
        TaskDraft draft = drafts.of(asked.taskId(), state, asked.moment());
        CommandAnswer.Builder answer = apply(draft, asked);
        if (!answer.getAccepted()) {
            // Remembered as well: a repeat that arrives when the state has changed must not be carried out then.
            TaskState.Builder unchanged = state.toBuilder();
            asked.remember(unchanged, answer);
            return asked.answered(TaskMemory.newBuilder().setActive(unchanged).build(), answer);
        }
        boolean harmless = asked.command().hasReport() || asked.command().hasResync();
        if (harmless && !draft.status().terminal()) {
            draft.add(asked.answer(answer));
        } else {
            asked.answer(draft, answer);
        }
        return ending.decision(draft);
    }

    /** Changes the draft only where the answer accepts. */
    private CommandAnswer.Builder apply(TaskDraft draft, Asked asked) {
        TaskCommand command = asked.command();
        String status = draft.state.getStatus();
        return switch (command.getBodyCase()) {
            case CANCEL -> cancel(draft, command.getCancel().getReason());
            case PAUSE -> pauses.pause(draft);
            case STOP -> pauses.stop(draft);
            case RESUME -> pauses.resume(draft);
            case START ->
                draft.status() == TaskStatus.PAUSED || draft.state.getPauseRequested()
                        ? pauses.resume(draft)
                        : Asked.refused(ErrorCode.CONFLICT, "the task is already " + status, status);
            case RECOVER -> revivals.unstick(draft, runner, limits);
            case DELETE -> Asked.refused(ErrorCode.CONFLICT, "the task is " + status + ": cancel it first", status);
            case REPORT -> workers.report(draft, command.getReport());
            case FINISH -> workers.finish(draft, command.getFinish());
            case RESYNC -> {
                TaskReports.snapshot(draft);
                yield Asked.accepted(status, status);
            }
            case SUBMIT, SET_LANE_LIMIT, START_CAMPAIGN, CANCEL_CAMPAIGN, BODY_NOT_SET ->
                Asked.refused(ErrorCode.BAD_INPUT, "the command says nothing that a task understands", status);
        };
    }

    private CommandAnswer.Builder cancel(TaskDraft draft, String reason) {
        String before = draft.state.getStatus();
        onDeadline(draft, reason);
        return Asked.accepted(before, draft.state.getStatus());
    }

    private static Decision<TaskMemory> strange(Asked asked, @Nullable TaskMemory memory, String status) {
        return asked.refusal(memory, ErrorCode.BAD_INPUT, "the command says nothing that a task understands", status);
    }
}
