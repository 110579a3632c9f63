package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.Release;
import io.millrace.schemas.v1.TaskError;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Tombstone;

/** Ends tasks: the last report, the slot given back, and a tombstone in place of the state. */
final class TaskEnding {
    static final String RETENTION = "retention";

    private final TaskLimits limits;

    TaskEnding(TaskLimits limits) {
        this.limits = limits;
    }

    void complete(TaskDraft draft, ByteString result) {
        draft.moveTo(TaskStatus.COMPLETED);
        draft.state.setProgress(100);
        end(draft, EventType.COMPLETED, result);
    }

    void fail(TaskDraft draft, TaskError error) {
        draft.state.setError(error);
        draft.moveTo(TaskStatus.FAILED);
        end(draft, EventType.FAILED, ByteString.EMPTY);
    }

    void cancel(TaskDraft draft, String reason) {
        draft.state.setCancelReason(reason).setAttempt(draft.state.getAttempt() + 1);
        draft.moveTo(TaskStatus.CANCELLED);
        end(draft, EventType.CANCELLED, ByteString.EMPTY);
    }

    /** The decision about a draft that may have ended. */
    Decision<TaskMemory> decision(TaskDraft draft) {
        if (!draft.status().terminal()) {
            return draft.decision();
        }
        TaskState.Builder state = draft.state;
        Tombstone.Builder tombstone = Tombstone.newBuilder()
                .setStatus(state.getStatus())
                .setVersion(state.getVersion())
                .setAttempt(state.getAttempt())
                .setStep(state.getStep())
                .setUserId(state.getUserId())
                .setInputHash(inputHash(state))
                .setExpiresAtMs(draft.now() + limits.retention().toMillis());
        if (state.getAnswersCount() > 0) {
            tombstone.setEndedBy(
                    fingerprint(state.getAnswers(state.getAnswersCount() - 1).getCommandId()));
        }
        return draft.decision(TaskMemory.newBuilder().setEnded(tombstone).build());
    }

    /** Half of the hash is enough to tell two submits of one id apart, and keeps the tombstone small. */
    static ByteString inputHash(TaskState.Builder state) {
        return PhaseItems.hash(state.getType(), state.getInputParams()).substring(0, 16);
    }

    static long fingerprint(String commandId) {
        return PhaseItems.hash("command", ByteString.copyFromUtf8(commandId))
                .asReadOnlyByteBuffer()
                .getLong();
    }

    private void end(TaskDraft draft, EventType type, ByteString result) {
        draft.disarm();
        draft.state.setCompletedAtMs(draft.now());
        TaskReports.ended(draft, type, result);
        if (draft.state.getSlotHeld()) {
            releaseSlot(draft);
        }
        draft.wake(RETENTION, draft.nextTimer(), limits.retention());
        draft.add(new Effect.Count("tasks_" + draft.state.getStatus(), 1));
    }

    private static void releaseSlot(TaskDraft draft) {
        draft.state.setSlotHeld(false);
        draft.add(new Effect.ToLane(draft.workflow.lane(), release(draft.taskId, draft.state.getTicket())));
    }

    static LaneMessage release(String taskId, long ticket) {
        return LaneMessage.newBuilder()
                .setRelease(Release.newBuilder().setTaskId(taskId).setTicket(ticket))
                .build();
    }
}
