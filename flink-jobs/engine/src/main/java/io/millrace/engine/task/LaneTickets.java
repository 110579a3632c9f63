package io.millrace.engine.task;

import io.millrace.engine.Effect;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.Release;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Withdraw;

/** What a task says to its lane. A ticket is used once: for one wait, and the slot it may lead to. */
final class LaneTickets {
    private LaneTickets() {}

    static void enqueue(TaskDraft draft) {
        TaskState.Builder state = draft.state;
        long ticket = Math.max(state.getTicketsUsed(), state.getTicket()) + 1;
        state.setTicketsUsed(ticket).setTicket(ticket).setSlotHeld(false);
        LaneEntry.Builder entry = LaneEntry.newBuilder()
                .setTaskId(draft.taskId)
                .setAttempt(state.getAttempt())
                .setTicket(ticket)
                .setPriority(state.getPriority())
                .setUserId(state.getUserId())
                .setCampaignId(state.getCampaignId())
                .setEnqueuedAtMs(draft.now());
        draft.add(new Effect.ToLane(
                draft.workflow.lane(),
                LaneMessage.newBuilder().setEnqueue(entry).build()));
    }

    /** Gives a held slot back, and waits for none any more: a grant that is on its way will be declined. */
    static void leave(TaskDraft draft) {
        TaskState.Builder state = draft.state;
        if (state.getSlotHeld()) {
            draft.add(new Effect.ToLane(draft.workflow.lane(), release(draft.taskId, state.getTicket())));
        } else if (state.getTicket() > 0) {
            Withdraw.Builder withdraw = Withdraw.newBuilder()
                    .setTaskId(draft.taskId)
                    .setTicket(state.getTicket())
                    .setUserId(state.getUserId())
                    .setPriority(state.getPriority());
            draft.add(new Effect.ToLane(
                    draft.workflow.lane(),
                    LaneMessage.newBuilder().setWithdraw(withdraw).build()));
        }
        state.setSlotHeld(false).setTicket(0);
    }

    /** The slot came for nothing. */
    static LaneMessage declined(String taskId, long ticket) {
        return LaneMessage.newBuilder()
                .setRelease(
                        Release.newBuilder().setTaskId(taskId).setTicket(ticket).setDeclined(true))
                .build();
    }

    static LaneMessage release(String taskId, long ticket) {
        return LaneMessage.newBuilder()
                .setRelease(Release.newBuilder().setTaskId(taskId).setTicket(ticket))
                .build();
    }
}
