package io.millrace.engine.task;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.RowReopened;
import io.millrace.schemas.v1.TaskError;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Tombstone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Commands about tasks that have ended: their state is gone, and the command brings along what MySQL kept. */
final class Revivals {
    private static final String BEHIND = "the read model is behind: try again";

    private final Drafts drafts;
    private final TaskEnding ending;

    Revivals(Drafts drafts, TaskEnding ending) {
        this.drafts = drafts;
        this.ending = ending;
    }

    /** Enqueues a failed, partly failed or lost task again; it goes on from its last finished phase. */
    Decision<TaskMemory> recover(Asked asked, @Nullable TaskMemory memory) {
        TaskStatus status = status(asked, memory);
        if (status == TaskStatus.COMPLETED || status == TaskStatus.CANCELLED) {
            String name = status.wireName();
            return asked.refusal(
                    memory, ErrorCode.CONFLICT, "only a failed task can be recovered: this one is " + name, name);
        }
        return withSnapshot(asked, memory, draft -> {
            String before = draft.state.getStatus();
            // A task that was lost under way has failed, too, though it could not say so.
            draft.state.setStatus(TaskStatus.FAILED.wireName());
            requeue(draft);
            asked.answer(draft, Asked.accepted(before, draft.state.getStatus()));
            return draft.decision();
        });
    }

    /** Leaves only the fence. */
    Decision<TaskMemory> delete(Asked asked, @Nullable TaskMemory memory) {
        return withSnapshot(asked, memory, draft -> {
            String before = draft.state.getStatus();
            draft.deleted = true;
            TaskReports.deleted(draft);
            asked.answer(draft, Asked.accepted(before, before));
            Tombstone fence = Tombstones.of(draft.state, ending.expiry(draft)).toBuilder()
                    .setDeleted(true)
                    .build();
            return draft.decision(TaskMemory.newBuilder().setEnded(fence).build());
        });
    }

    /** Publishes an ended task once more; one that is lost ends here, as failed. */
    Decision<TaskMemory> resync(Asked asked, @Nullable TaskMemory memory) {
        if (!asked.command().hasSnapshot()) {
            return memory == null
                    ? asked.refusal(null, ErrorCode.NOT_FOUND, "no task with this id is known", "")
                    : asked.refusal(
                            memory,
                            ErrorCode.CONFLICT,
                            "the task has ended: send its row along",
                            memory.getEnded().getStatus());
        }
        Tombstone tombstone = memory == null ? null : memory.getEnded();
        TaskStatus status = status(asked, memory);
        Optional<TaskDraft> found = drafts.ended(asked, tombstone);
        if (status == null || found.isEmpty()) {
            return unreadable(asked, memory);
        }
        TaskDraft draft = found.get();
        String name = draft.state.getStatus();
        if (memory == null && status.terminal()) {
            return asked.refusal(null, ErrorCode.NOT_FOUND, "nothing newer is known of the task", name);
        }
        if (tombstone != null) {
            TaskReports.remembered(draft);
            draft.add(asked.answer(Asked.accepted(name, name)));
            return draft.decision(TaskMemory.newBuilder()
                    .setEnded(tombstone.toBuilder()
                            .setVersion(draft.state.getVersion())
                            .setStep(draft.state.getStep()))
                    .build());
        }
        draft.state.setStatus(TaskStatus.PROCESSING.wireName());
        asked.answer(draft, Asked.accepted(name, TaskStatus.FAILED.wireName()));
        ending.fail(
                draft,
                TaskError.newBuilder()
                        .setCode(ErrorCode.STATE_LOST.name())
                        .setMessage("the orchestrator does not know the task")
                        .setPhase(draft.phase().name())
                        .build());
        return ending.decision(draft);
    }

    /** A task under way that has not moved for very long begins its phase again, in another attempt. */
    CommandAnswer.Builder unstick(TaskDraft draft, PhaseRunner runner, TaskLimits limits) {
        String before = draft.state.getStatus();
        long silent = draft.now() - draft.state.getUpdatedAtMs();
        if (draft.status() != TaskStatus.PROCESSING || silent <= limits.outage().toMillis()) {
            return Asked.refused(
                    ErrorCode.CONFLICT,
                    "the task is " + before + " and moved " + silent / 1000 + " s ago: only a failed or stuck one"
                            + " can be recovered",
                    before);
        }
        runner.tries().abandon(draft);
        draft.nextAttempt();
        LaneTickets.leave(draft);
        draft.state.setPauseRequested(false);
        draft.moveTo(TaskStatus.QUEUED);
        TaskReports.recovered(draft);
        LaneTickets.enqueue(draft);
        return Asked.accepted(before, draft.state.getStatus());
    }

    static @Nullable TaskStatus status(String wireName) {
        return TaskStatus.find(wireName).orElse(null);
    }

    private Decision<TaskMemory> withSnapshot(
            Asked asked,
            @Nullable TaskMemory memory,
            java.util.function.Function<TaskDraft, Decision<TaskMemory>> then) {
        Tombstone tombstone = memory == null ? null : memory.getEnded();
        if (tombstone == null && !asked.command().hasSnapshot()) {
            return asked.refusal(null, ErrorCode.NOT_FOUND, "no task with this id is known", "");
        }
        boolean same = asked.command().hasSnapshot()
                && (tombstone == null
                        || tombstone.getVersion()
                                == asked.command().getSnapshot().getVersion());
        if (tombstone != null && !same) {
            return asked.refusal(memory, ErrorCode.CONFLICT, BEHIND, tombstone.getStatus());
        }
        Optional<TaskDraft> draft = drafts.ended(asked, tombstone);
        if (draft.isEmpty() || status(asked, memory) == null) {
            return unreadable(asked, memory);
        }
        return then.apply(draft.get());
    }

    private static Decision<TaskMemory> unreadable(Asked asked, @Nullable TaskMemory memory) {
        return asked.refusal(
                memory,
                ErrorCode.CONFLICT,
                "workflow " + asked.command().getSnapshot().getType() + " version "
                        + asked.command().getSnapshot().getWorkflowVersion() + " is not among the definitions, or the"
                        + " snapshot has no status: add the version back",
                asked.command().getSnapshot().getStatus());
    }

    private static void requeue(TaskDraft draft) {
        TaskState.Builder state = draft.state;
        draft.nextAttempt();
        state.setCompletedAtMs(0).setProgress(draft.phase().mark());
        List<PhaseResult> before = new ArrayList<>(state.getResultsList());
        state.clearResults().clearReusable();
        for (PhaseResult result : before) {
            // What stands behind the first phase to run was made from it: it is taken over where that has not changed.
            boolean behind = draft.workflow.indexOf(result.getPhase()).orElse(-1) > state.getPhaseIndex()
                    && state.getRound() == 0;
            if (behind) {
                state.addReusable(result);
            } else {
                state.addResults(result);
            }
        }
        draft.moveTo(TaskStatus.QUEUED);
        TaskReports.recovered(draft);
        LaneTickets.enqueue(draft);
        if (!state.getCampaignId().isEmpty()) {
            draft.add(new Effect.ToCampaign(
                    state.getCampaignId(),
                    CampaignMessage.newBuilder()
                            .setReopened(RowReopened.newBuilder()
                                    .setRow(state.getCampaignRow())
                                    .setComputeMs(state.getComputeMs()))
                            .build()));
        }
    }

    /** What is known of how it ended; null when nothing that can be understood. */
    private static @Nullable TaskStatus status(Asked asked, @Nullable TaskMemory memory) {
        String name = memory == null
                ? asked.command().getSnapshot().getStatus()
                : memory.getEnded().getStatus();
        return status(name);
    }
}
