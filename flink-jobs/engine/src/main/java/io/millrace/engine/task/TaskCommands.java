package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Tombstone;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people and edges may ask of a task. Every command is answered, a repeat with the answer it got before. */
final class TaskCommands {
    private static final int ANSWERS_KEPT = 8;

    private final Definitions definitions;
    private final TaskLimits limits;
    private final TaskEnding ending;
    private final PhaseRunner runner;

    TaskCommands(Definitions definitions, TaskLimits limits, TaskEnding ending, PhaseRunner runner) {
        this.definitions = definitions;
        this.limits = limits;
        this.ending = ending;
        this.runner = runner;
    }

    Decision<TaskMemory> decide(String taskId, @Nullable TaskMemory memory, TaskCommand command, Moment moment) {
        if (memory == null) {
            return onUnknown(taskId, command, moment);
        }
        if (memory.hasEnded()) {
            return onEnded(taskId, memory, command, moment);
        }
        return onActive(taskId, memory, command, moment);
    }

    /** The deadline the task was submitted with has come. */
    void onDeadline(TaskDraft draft) {
        if (draft.status() == TaskStatus.PROCESSING) {
            runner.abandon(draft);
        }
        ending.cancel(draft, "deadline");
    }

    private Decision<TaskMemory> onUnknown(String taskId, TaskCommand command, Moment moment) {
        if (command.hasSubmit()) {
            return submit(taskId, command, moment, null);
        }
        // The submit may still be on its way: leave a mark that stops it when it comes.
        Tombstone mark = Tombstone.newBuilder()
                .setStatus(TaskStatus.CANCELLED.wireName())
                .setUserId(command.getUserId())
                .setCancelledBeforeSeen(true)
                .setReason(command.getCancel().getReason())
                .setEndedBy(TaskEnding.fingerprint(command.getCommandId()))
                .setExpiresAtMs(moment.nowMillis() + limits.retention().toMillis())
                .build();
        TaskDraft timer = new TaskDraft(taskId, TaskState.newBuilder(), anyWorkflow(), moment);
        timer.wake(TaskEnding.RETENTION, timer.nextTimer(), limits.retention());
        timer.add(answer(taskId, command, moment, accepted("", mark.getStatus())));
        return timer.decision(TaskMemory.newBuilder().setEnded(mark).build());
    }

    private Decision<TaskMemory> onEnded(String taskId, TaskMemory memory, TaskCommand command, Moment moment) {
        Tombstone ended = memory.getEnded();
        if (!ended.getUserId().equals(command.getUserId())) {
            return refused(
                    taskId, memory, command, moment, ErrorCode.FORBIDDEN, "the task belongs to another user", "");
        }
        if (ended.getEndedBy() != 0 && ended.getEndedBy() == TaskEnding.fingerprint(command.getCommandId())) {
            return answered(taskId, memory, command, moment, accepted("", ended.getStatus()));
        }
        if (command.hasSubmit() && ended.getCancelledBeforeSeen()) {
            return submit(taskId, command, moment, ended);
        }
        if (command.hasSubmit()) {
            boolean same = ended.getInputHash().equals(inputHash(command.getSubmit()));
            return same
                    ? answered(taskId, memory, command, moment, accepted(ended.getStatus(), ended.getStatus()))
                    : refused(taskId, memory, command, moment, ErrorCode.CONFLICT, OTHER_INPUT, ended.getStatus());
        }
        return refused(
                taskId,
                memory,
                command,
                moment,
                ErrorCode.CONFLICT,
                "the task is already " + ended.getStatus(),
                ended.getStatus());
    }

    private Decision<TaskMemory> onActive(String taskId, TaskMemory memory, TaskCommand command, Moment moment) {
        TaskState state = memory.getActive();
        if (!state.getUserId().equals(command.getUserId())) {
            return refused(
                    taskId, memory, command, moment, ErrorCode.FORBIDDEN, "the task belongs to another user", "");
        }
        for (CommandAnswer before : state.getAnswersList()) {
            if (before.getCommandId().equals(command.getCommandId())) {
                return answered(taskId, memory, command, moment, before.toBuilder());
            }
        }
        return switch (command.getBodyCase()) {
            case SUBMIT ->
                TaskEnding.inputHash(state.toBuilder()).equals(inputHash(command.getSubmit()))
                        ? answered(taskId, memory, command, moment, accepted(state.getStatus(), state.getStatus()))
                        : refused(taskId, memory, command, moment, ErrorCode.CONFLICT, OTHER_INPUT, state.getStatus());
            case CANCEL -> cancel(taskId, state, command, moment);
            case PAUSE,
                    RESUME,
                    STOP,
                    START,
                    RECOVER,
                    DELETE,
                    REPORT,
                    FINISH,
                    RESYNC,
                    SET_LANE_LIMIT,
                    START_CAMPAIGN,
                    CANCEL_CAMPAIGN,
                    BODY_NOT_SET ->
                refused(
                        taskId,
                        memory,
                        command,
                        moment,
                        ErrorCode.BAD_INPUT,
                        "the command says nothing that this version understands",
                        state.getStatus());
        };
    }

    private Decision<TaskMemory> submit(String taskId, TaskCommand command, Moment moment, @Nullable Tombstone mark) {
        SubmitTask submit = command.getSubmit();
        Optional<Workflow> found = definitions.workflow(submit.getType());
        if (found.isEmpty()) {
            return refused(
                    taskId, null, command, moment, ErrorCode.BAD_INPUT, "type is not known: " + submit.getType(), "");
        }
        if (!TaskId.isTaskId(taskId) || tooOld(taskId, moment)) {
            return refused(
                    taskId,
                    null,
                    command,
                    moment,
                    ErrorCode.BAD_INPUT,
                    "the id is not one of the last " + limits.retention().toHours() + " h: submit with a new one",
                    "");
        }
        Workflow workflow = found.get();
        TaskDraft draft = new TaskDraft(taskId, state(command, submit, workflow), workflow, moment);
        CommandAnswer.Builder accepted = accepted("", TaskStatus.QUEUED.wireName());
        draft.state.addAnswers(accepted.setCommandId(command.getCommandId()));
        draft.moveTo(TaskStatus.QUEUED);
        TaskReports.submitted(draft);
        if (mark != null) {
            ending.cancel(draft, mark.getReason());
            return ending.decision(draft);
        }
        draft.state.setTicket(1);
        draft.add(new Effect.ToLane(workflow.lane(), enqueue(draft)));
        if (submit.getEndDeadlineMs() > 0) {
            draft.wake(
                    "deadline",
                    draft.nextTimer(),
                    Duration.ofMillis(Math.max(1, submit.getEndDeadlineMs() - moment.nowMillis())));
        }
        draft.add(answer(taskId, command, moment, accepted));
        return draft.decision();
    }

    private Decision<TaskMemory> cancel(String taskId, TaskState state, TaskCommand command, Moment moment) {
        Workflow workflow = definitions.workflow(state.getType()).orElseThrow();
        TaskDraft draft = new TaskDraft(taskId, state.toBuilder(), workflow, moment);
        CommandAnswer.Builder answer = accepted(state.getStatus(), TaskStatus.CANCELLED.wireName());
        remember(draft.state, command, answer);
        if (draft.status() == TaskStatus.PROCESSING) {
            runner.abandon(draft);
        }
        ending.cancel(draft, command.getCancel().getReason());
        draft.add(answer(taskId, command, moment, answer));
        return ending.decision(draft);
    }

    private static TaskState.Builder state(TaskCommand command, SubmitTask submit, Workflow workflow) {
        return TaskState.newBuilder()
                .setUserId(command.getUserId())
                .setProjectId(submit.getProjectId())
                .setType(workflow.type())
                .setWorkflowVersion(workflow.version())
                .setPriority(Math.max(0, Math.min(9, submit.getPriority())))
                .setCampaignId(submit.getCampaignId())
                .setCustomId(submit.getCustomId())
                .setParentTaskId(submit.getParentTaskId())
                .setTraceparent(command.getTraceparent())
                .setInputParams(submit.getInputParams())
                .setChinese(TaskWords.chinese(submit.getInputParams()))
                .setStatus(TaskStatus.PENDING.wireName())
                .setPhaseIndex(-1)
                .setAttempt(1)
                .setCreatedAtMs(submit.getCreatedAtMs())
                .setEndDeadlineMs(submit.getEndDeadlineMs());
    }

    private static LaneMessage enqueue(TaskDraft draft) {
        TaskState.Builder state = draft.state;
        return LaneMessage.newBuilder()
                .setEnqueue(LaneEntry.newBuilder()
                        .setTaskId(draft.taskId)
                        .setAttempt(state.getAttempt())
                        .setTicket(state.getTicket())
                        .setPriority(state.getPriority())
                        .setUserId(state.getUserId())
                        .setEnqueuedAtMs(draft.now()))
                .build();
    }

    private static void remember(TaskState.Builder state, TaskCommand command, CommandAnswer.Builder answer) {
        if (state.getAnswersCount() == ANSWERS_KEPT) {
            state.removeAnswers(0);
        }
        state.addAnswers(answer.setCommandId(command.getCommandId()));
    }

    private boolean tooOld(String taskId, Moment moment) {
        return new TaskId(taskId).createdAtMillis()
                < moment.nowMillis() - limits.retention().toMillis();
    }

    private Workflow anyWorkflow() {
        return definitions.workflows().get(0);
    }

    private ByteString inputHash(SubmitTask submit) {
        String type = definitions.workflow(submit.getType()).map(Workflow::type).orElse(submit.getType());
        return TaskEnding.inputHash(TaskState.newBuilder().setType(type).setInputParams(submit.getInputParams()));
    }

    private static CommandAnswer.Builder accepted(String previous, String status) {
        return CommandAnswer.newBuilder()
                .setAccepted(true)
                .setPreviousStatus(previous)
                .setStatus(status);
    }

    private static Decision<TaskMemory> answered(
            String taskId, TaskMemory memory, TaskCommand command, Moment moment, CommandAnswer.Builder answer) {
        return new Decision<>(memory, List.of(answer(taskId, command, moment, answer)));
    }

    private static Decision<TaskMemory> refused(
            String taskId,
            @Nullable TaskMemory memory,
            TaskCommand command,
            Moment moment,
            ErrorCode code,
            String reason,
            String status) {
        CommandAnswer.Builder answer = CommandAnswer.newBuilder()
                .setCode(code.name())
                .setReason(reason)
                .setPreviousStatus(status)
                .setStatus(status);
        return new Decision<>(memory, List.of(answer(taskId, command, moment, answer)));
    }

    private static Effect answer(String taskId, TaskCommand command, Moment moment, CommandAnswer.Builder answer) {
        return TaskReports.answer(
                taskId,
                command.getUserId(),
                moment.nowMillis(),
                answer.setCommandId(command.getCommandId()).build());
    }

    private static final String OTHER_INPUT = "a task with this id and other parameters exists: use another id";
}
