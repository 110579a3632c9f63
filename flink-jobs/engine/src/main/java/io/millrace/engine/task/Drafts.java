package io.millrace.engine.task;

import io.millrace.engine.DefinitionMissing;
import io.millrace.engine.Moment;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskSnapshot;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Tombstone;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins decisions: about a task that is under way, or one that is brought back from what MySQL kept. */
final class Drafts {
    private final Definitions definitions;
    /** That of the last task, mostly the next one's as well. */
    private @Nullable Workflow last;

    Drafts(Definitions definitions) {
        this.definitions = definitions;
    }

    /** @throws DefinitionMissing when the definitions lack the workflow the task began with */
    TaskDraft of(String taskId, TaskState state, Moment moment) {
        Workflow workflow = last;
        if (workflow == null
                || workflow.version() != state.getWorkflowVersion()
                || !workflow.type().equals(state.getType())) {
            workflow = definitions
                    .workflow(state.getType(), state.getWorkflowVersion())
                    .orElseThrow(() -> new DefinitionMissing(
                            "workflow " + state.getType() + " version " + state.getWorkflowVersion()));
            last = workflow;
        }
        TaskDraft draft = new TaskDraft(taskId, state.toBuilder(), workflow, moment);
        draft.notBefore(state.getUpdatedAtMs());
        if (state.getOutageEpoch() != moment.epoch()) {
            draft.state.setOutageEpoch(moment.epoch());
            draft.outagesBeginNow();
        }
        return draft;
    }

    /**
     * The task as it ended, at the phase it would go on with. Where a tombstone is left, status and numbers are the tombstone's.
     * Empty when the definitions lack its workflow.
     */
    Optional<TaskDraft> ended(Asked asked, @Nullable Tombstone tombstone) {
        TaskCommand command = asked.command();
        TaskSnapshot snapshot = command.getSnapshot();
        Optional<Workflow> workflow = definitions.workflow(snapshot.getType(), snapshot.getWorkflowVersion());
        if (workflow.isEmpty()) {
            return Optional.empty();
        }
        TaskState.Builder state = TaskState.newBuilder()
                .setUserId(command.getUserId())
                .setTraceparent(command.getTraceparent())
                .setProjectId(snapshot.getProjectId())
                .setType(snapshot.getType())
                .setWorkflowVersion(snapshot.getWorkflowVersion())
                .setPriority(snapshot.getPriority())
                .setCampaignId(snapshot.getCampaignId())
                .setCampaignRow(snapshot.getCampaignRow())
                .setCustomId(snapshot.getCustomId())
                .setParentTaskId(snapshot.getParentTaskId())
                .setInputParams(snapshot.getInputParams())
                .setChinese(TaskWords.chinese(snapshot.getInputParams()))
                .setStatus(snapshot.getStatus())
                .setRound(snapshot.getRound())
                .setAttempt(Math.max(1, snapshot.getAttempt()))
                .setStep(snapshot.getStep())
                .setVersion(snapshot.getVersion())
                .setCreatedAtMs(snapshot.getCreatedAtMs())
                .setStartedAtMs(snapshot.getStartedAtMs())
                .setCompletedAtMs(snapshot.getCompletedAtMs())
                .setComputeMs(snapshot.getComputeMs())
                .addAllResults(snapshot.getResultsList().stream()
                        .map(FanOutItems::whole)
                        .toList())
                .addAllTimings(snapshot.getTimingsList());
        if (tombstone != null) {
            state.setStatus(tombstone.getStatus())
                    .setAttempt(tombstone.getAttempt())
                    .setStep(tombstone.getStep())
                    .setVersion(tombstone.getVersion());
        }
        state.setPhaseIndex(Reuse.firstMissing(state, workflow.get()));
        state.setProgress(
                state.getStatus().equals(TaskStatus.COMPLETED.wireName())
                                || state.getStatus().equals(TaskStatus.PARTIAL_FAILURE.wireName())
                        ? 100
                        : workflow.get().phase(state.getPhaseIndex()).mark());
        TaskDraft draft = new TaskDraft(asked.taskId(), state, workflow.get(), asked.moment());
        draft.numbersFrom(state.getAttempt());
        return Optional.of(draft);
    }
}
