package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.json.JsonBytes;
import io.millrace.engine.json.JsonShape;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.RejectedRecord;
import io.millrace.schemas.v1.RowEnded;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Tombstone;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes tasks in, and the cancel that comes before its submit. */
final class Submits {
    private static final ByteString NO_PARAMS = ByteString.copyFromUtf8("{}");
    /** Characters. */
    private static final int MAX_NAME = 128;

    private final Definitions definitions;
    private final TaskLimits limits;
    private final TaskEnding ending;

    Submits(Definitions definitions, TaskLimits limits, TaskEnding ending) {
        this.definitions = definitions;
        this.limits = limits;
        this.ending = ending;
    }

    /** @param mark left by a cancel that came first */
    Decision<TaskMemory> submit(Asked asked, @Nullable Tombstone mark) {
        SubmitTask submit = asked.command().getSubmit();
        Optional<Workflow> found = definitions.workflow(submit.getType());
        if (found.isEmpty()) {
            return turnedAway(asked, "type is not known: " + submit.getType());
        }
        if (!TaskId.isTaskId(asked.taskId()) || tooOld(asked)) {
            return turnedAway(asked, "the id was made too long ago: submit with a new one");
        }
        Optional<String> complaint = complaint(submit);
        if (complaint.isPresent()) {
            return turnedAway(asked, complaint.get());
        }
        Workflow workflow = found.get();
        TaskDraft draft =
                new TaskDraft(asked.taskId(), state(asked.command(), submit, workflow), workflow, asked.moment());
        draft.numbersFrom(1);
        draft.moveTo(TaskStatus.QUEUED);
        CommandAnswer.Builder accepted = Asked.accepted("", draft.state.getStatus());
        if (submit.getReusableCount() > 0) {
            accepted.setDetails(reused(draft));
        }
        TaskReports.submitted(draft);
        asked.answer(draft, accepted);
        if (mark != null) {
            ending.cancel(draft, mark.getReason());
            return ending.decision(draft);
        }
        LaneTickets.enqueue(draft);
        Deadlines.set(draft);
        return draft.decision();
    }

    /** The id is known: the same submit once more, or another under a used id. */
    Decision<TaskMemory> again(Asked asked, TaskMemory memory) {
        if (memory.hasEnded() && memory.getEnded().getCancelledBeforeSeen()) {
            return submit(asked, memory.getEnded());
        }
        String status = memory.hasEnded()
                ? memory.getEnded().getStatus()
                : memory.getActive().getStatus();
        ByteString before =
                memory.hasEnded() ? memory.getEnded().getInputHash() : Tombstones.inputHash(memory.getActive());
        SubmitTask submit = asked.command().getSubmit();
        String type = definitions.workflow(submit.getType()).map(Workflow::type).orElse(submit.getType());
        ByteString now =
                Tombstones.inputHash(TaskState.newBuilder().setType(type).setInputParams(params(submit)));
        if (!before.equals(now)) {
            return asked.refusal(
                    memory,
                    ErrorCode.CONFLICT,
                    "a task with this id and other parameters exists: use another id",
                    status);
        }
        CommandAnswer given = memory.hasActive() ? asked.before(memory.getActive()) : null;
        return asked.answered(memory, given == null ? Asked.accepted(status, status) : given.toBuilder());
    }

    /** The submit may still be on its way: a mark stops it when it comes. */
    Decision<TaskMemory> cancelBeforeSeen(Asked asked) {
        TaskCommand command = asked.command();
        TaskStatus known = Revivals.status(command.getSnapshot().getStatus());
        if (command.hasSnapshot() && known != null && known.terminal()) {
            return asked.refusal(null, ErrorCode.CONFLICT, "the task is already " + known.wireName(), known.wireName());
        }
        long expires = asked.moment().nowMillis() + limits.retention().toMillis();
        Tombstone mark =
                Tombstones.mark(command.getUserId(), command.getCancel().getReason(), command.getCommandId(), expires);
        return new Decision<>(
                TaskMemory.newBuilder().setEnded(mark).build(),
                List.of(asked.answer(Asked.accepted("", mark.getStatus()))));
    }

    private Decision<TaskMemory> turnedAway(Asked asked, String reason) {
        SubmitTask submit = asked.command().getSubmit();
        TaskState.Builder row =
                TaskState.newBuilder().setCampaignId(submit.getCampaignId()).setCampaignRow(submit.getCampaignRow());
        TaskDraft draft =
                new TaskDraft(asked.taskId(), row, definitions.workflows().get(0), asked.moment());
        draft.add(asked.answer(Asked.refused(ErrorCode.BAD_INPUT, reason, "")));
        draft.add(new Effect.Reject(deadLetter(asked, reason)));
        // Or the campaign would wait for it for ever.
        TaskEnding.tellCampaign(draft, RowEnded.newBuilder().setStatus(TaskStatus.FAILED.wireName()));
        return draft.forgotten();
    }

    /** What the edge has looked at already, and whoever writes to Kafka may not have: events and tables could not hold it. */
    private static Optional<String> complaint(SubmitTask submit) {
        Optional<String> shape = JsonShape.complaint(params(submit));
        if (shape.isPresent()) {
            return Optional.of("input_params " + shape.get());
        }
        return Stream.of(submit.getProjectId(), submit.getCustomId(), submit.getParentTaskId())
                .filter(name -> name.length() > MAX_NAME)
                .findFirst()
                .map(name -> "project_id, custom_id and parent_task_id have at most " + MAX_NAME + " characters");
    }

    private static ByteString params(SubmitTask submit) {
        return submit.getInputParams().isEmpty() ? NO_PARAMS : submit.getInputParams();
    }

    /**
     * The submit may have been accepted long ago, and whoever sent it no longer waits for the answer. It ends without an event: of an id
     * that is too old nobody knows whether its task has not lived and ended already.
     */
    private static RejectedRecord deadLetter(Asked asked, String reason) {
        Topic topic = asked.command().getSubmit().getCampaignId().isEmpty() ? Topic.COMMANDS : Topic.CAMPAIGN_ROWS;
        return RejectedRecord.newBuilder()
                .setKey(ByteString.copyFromUtf8(asked.taskId()))
                .setValue(asked.command().toByteString())
                .setSource(topic.topicName())
                .setReason(reason)
                .build();
    }

    private static ByteString reused(TaskDraft draft) {
        return new JsonBytes(128)
                .texts("reused_phases", Reuse.foreseen(draft.state.build(), draft.workflow))
                .build();
    }

    private boolean tooOld(Asked asked) {
        return new TaskId(asked.taskId()).createdAtMillis()
                < asked.moment().nowMillis() - limits.retention().toMillis();
    }

    private static TaskState.Builder state(TaskCommand command, SubmitTask submit, Workflow workflow) {
        return TaskState.newBuilder()
                .setUserId(command.getUserId())
                .setProjectId(submit.getProjectId())
                .setType(workflow.type())
                .setWorkflowVersion(workflow.version())
                .setPriority(Math.max(0, Math.min(9, submit.getPriority())))
                .setCampaignId(submit.getCampaignId())
                .setCampaignRow(submit.getCampaignRow())
                .setCustomId(submit.getCustomId())
                .setParentTaskId(submit.getParentTaskId())
                .setTraceparent(command.getTraceparent())
                .setInputParams(params(submit))
                .setChinese(TaskWords.chinese(params(submit)))
                .setStatus(TaskStatus.PENDING.wireName())
                .setPhaseIndex(-1)
                .setAttempt(1)
                .setCreatedAtMs(submit.getCreatedAtMs())
                .setEndDeadlineMs(submit.getEndDeadlineMs())
                .setStartDeadlineMs(submit.getStartDeadlineMs())
                .addAllReusable(submit.getReusableList());
    }
}
