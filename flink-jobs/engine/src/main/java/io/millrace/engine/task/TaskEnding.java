package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.json.JsonBytes;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.ItemOutcome;
import io.millrace.schemas.v1.RowEnded;
import io.millrace.schemas.v1.TaskError;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskState;
import java.util.List;

/** Ends tasks: the last report, the slot given back, the campaign told, and a tombstone in place of the state. */
final class TaskEnding {
    /** Items that are named one by one in the error of a task. */
    static final int ITEMS_NAMED = 100;

    private final TaskLimits limits;

    TaskEnding(TaskLimits limits) {
        this.limits = limits;
    }

    /** All phases are through; the result is what the last one made. */
    void complete(TaskDraft draft, ByteString result) {
        TaskState.Builder state = draft.state;
        if (state.getLostItemsCount() == 0) {
            draft.moveTo(TaskStatus.COMPLETED);
            state.setProgress(100);
            end(draft, EventType.COMPLETED, result);
            return;
        }
        TaskError first = state.getLostItems(0).getError();
        state.setError(TaskError.newBuilder()
                .setCode(first.getCode())
                .setMessage(state.getLostItemsCount() + " items failed, the first: " + first.getMessage())
                .setPhase(first.getPhase())
                .setDetails(details(state.getLostItemsList())));
        draft.moveTo(TaskStatus.PARTIAL_FAILURE);
        state.setProgress(100);
        end(draft, EventType.PARTIALLY_FAILED, result);
    }

    void fail(TaskDraft draft, TaskError error) {
        draft.state.setError(error);
        draft.moveTo(TaskStatus.FAILED);
        end(draft, EventType.FAILED, ByteString.EMPTY);
    }

    void cancel(TaskDraft draft, String reason) {
        draft.state.setCancelReason(reason);
        draft.nextAttempt();
        draft.moveTo(TaskStatus.CANCELLED);
        end(draft, EventType.CANCELLED, ByteString.EMPTY);
    }

    /** The decision about a draft that may have ended. */
    Decision<TaskMemory> decision(TaskDraft draft) {
        if (!draft.status().terminal()) {
            return draft.decision();
        }
        return draft.decision(TaskMemory.newBuilder()
                .setEnded(Tombstones.of(draft.state, expiry(draft)))
                .build());
    }

    long expiry(TaskDraft draft) {
        return draft.now() + limits.retention().toMillis();
    }

    /** A list of what failed, as {@code {"items": [{index, code, message}]}}; of very many the first hundred. */
    static ByteString details(List<ItemOutcome> lost) {
        JsonBytes json = new JsonBytes(256).openList("items");
        for (ItemOutcome item : lost.subList(0, Math.min(ITEMS_NAMED, lost.size()))) {
            json.openItem()
                    .number("index", item.getIndex())
                    .text("code", item.getError().getCode())
                    .text("message", item.getError().getMessage())
                    .close();
        }
        return json.closeList().build();
    }

    /** A campaign counts each of its rows once, however it ended. */
    static void tellCampaign(TaskDraft draft, RowEnded.Builder ended) {
        TaskState.Builder state = draft.state;
        if (!state.getCampaignId().isEmpty()) {
            draft.add(new Effect.ToCampaign(
                    state.getCampaignId(),
                    CampaignMessage.newBuilder()
                            .setEnded(ended.setRow(state.getCampaignRow()))
                            .build()));
        }
    }

    private void end(TaskDraft draft, EventType type, ByteString result) {
        TaskState.Builder state = draft.state;
        draft.disarm();
        draft.silence();
        Deadlines.ended(draft);
        state.setCompletedAtMs(draft.now());
        TaskReports.ended(draft, type, result);
        LaneTickets.leave(draft);
        tellCampaign(draft, RowEnded.newBuilder().setStatus(state.getStatus()).setComputeMs(state.getComputeMs()));
        draft.add(new Effect.Count("tasks_" + state.getStatus(), 1));
    }
}
