package io.millrace.engine.campaign;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.CampaignState;
import io.millrace.schemas.v1.CancelCampaign;
import io.millrace.schemas.v1.CancelTask;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.RowEnded;
import io.millrace.schemas.v1.RowReopened;
import io.millrace.schemas.v1.StartCampaign;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMessage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of a campaign as they end. The rows are tasks like any other and do not wait for it: a row may end before the
 * campaign is known here, and a cancel may come first too; both are remembered.
 */
public final class CampaignMachine {
    static final int NOT_CANCELLING = -1;

    private final CampaignLimits limits;

    public CampaignMachine(CampaignLimits limits) {
        this.limits = limits;
    }

    /** @param state what the last decision about this campaign kept; null when nothing is known of it */
    public Decision<CampaignState> decide(
            String campaignId, @Nullable CampaignState state, CampaignMessage message, Moment moment) {
        if (state == null && !message.hasCommand() && !message.hasEnded()) {
            // Remembered no longer: nobody counts any more.
            return new Decision<>(null, List.of());
        }
        CampaignState.Builder next =
                state == null ? CampaignState.newBuilder().setCancellingFrom(NOT_CANCELLING) : state.toBuilder();
        CampaignDraft draft = new CampaignDraft(campaignId, next, moment, limits);
        if (state == null) {
            draft.remember();
        }
        boolean forgotten = false;
        switch (message.getBodyCase()) {
            case COMMAND -> onCommand(draft, message.getCommand());
            case ENDED -> onEnded(draft, message.getEnded());
            case REOPENED -> onReopened(draft, message.getReopened());
            case TIMER -> forgotten = onTimer(draft, message.getTimer().getKind());
            case BODY_NOT_SET ->
                throw new IllegalArgumentException("campaign " + campaignId + ": message without a body");
        }
        return new Decision<>(forgotten ? null : next.build(), draft.effects);
    }

    private void onCommand(CampaignDraft draft, TaskCommand command) {
        String owner = draft.state.getUserId();
        if (!owner.isEmpty() && draft.known() && !owner.equals(command.getUserId())) {
            draft.effects.add(refused(draft, command, ErrorCode.FORBIDDEN, "the campaign belongs to another user"));
            return;
        }
        switch (command.getBodyCase()) {
            case START_CAMPAIGN -> onStart(draft, command);
            case CANCEL_CAMPAIGN -> onCancel(draft, command);
            default ->
                draft.effects.add(refused(
                        draft,
                        command,
                        ErrorCode.BAD_INPUT,
                        "a campaign understands start_campaign and cancel_campaign only"));
        }
    }

    private void onStart(CampaignDraft draft, TaskCommand command) {
        StartCampaign start = command.getStartCampaign();
        CampaignState.Builder state = draft.state;
        if (draft.known()) {
            draft.effects.add(accepted(draft, command));
            return;
        }
        if (start.getTotal() < 1 || start.getTotal() > CampaignId.MAX_ROWS) {
            draft.effects.add(refused(
                    draft,
                    command,
                    ErrorCode.BAD_INPUT,
                    "total must be from 1 to " + CampaignId.MAX_ROWS + ", not " + start.getTotal()));
            return;
        }
        if (!state.getUserId().equals(command.getUserId())) {
            // A cancel that came first, but from somebody else.
            state.setCancellingFrom(NOT_CANCELLING).clearCancelCommand();
        }
        state.setUserId(command.getUserId())
                .setName(start.getName())
                .setType(start.getType())
                .setTotal(start.getTotal())
                .setCreatedAtMs(start.getCreatedAtMs() > 0 ? start.getCreatedAtMs() : draft.moment.nowMillis())
                .setTraceparent(command.getTraceparent());
        draft.effects.add(accepted(draft, command));
        draft.effects.add(CampaignReports.event(draft, EventType.CAMPAIGN_STARTED));
        if (state.getCancellingFrom() >= 0) {
            cancelChunk(draft);
        }
        draft.changed();
    }

    private void onCancel(CampaignDraft draft, TaskCommand command) {
        CampaignState.Builder state = draft.state;
        CancelCampaign cancel = command.getCancelCampaign();
        if (state.getCompletedAtMs() > 0) {
            draft.effects.add(refused(draft, command, ErrorCode.CONFLICT, "all rows of the campaign have ended"));
            return;
        }
        draft.effects.add(accepted(draft, command));
        if (state.getCancellingFrom() >= 0) {
            return;
        }
        state.setCancellingFrom(0)
                .setCancelReason(cancel.getReason())
                .setRequestedBy(cancel.getRequestedBy())
                .setCancelCommand(command.getCommandId());
        if (!draft.known()) {
            state.setUserId(command.getUserId());
            return;
        }
        cancelChunk(draft);
        draft.changed();
    }

    private static void onEnded(CampaignDraft draft, RowEnded ended) {
        if (!draft.rows.end(ended.getRow(), TaskStatus.ofWireName(ended.getStatus()))) {
            return;
        }
        draft.state.setComputeMs(draft.state.getComputeMs() + ended.getComputeMs());
        new Rate(draft.state).ended(draft.moment.nowMillis());
        draft.changed();
    }

    private static void onReopened(CampaignDraft draft, RowReopened reopened) {
        if (draft.rows.reopen(reopened.getRow())) {
            draft.state.setComputeMs(Math.max(0, draft.state.getComputeMs() - reopened.getComputeMs()));
            draft.changed();
        }
    }

    /** @return whether the campaign is forgotten */
    private boolean onTimer(CampaignDraft draft, String kind) {
        CampaignState.Builder state = draft.state;
        switch (kind) {
            case CampaignDraft.PUBLISH -> {
                state.setPublishing(false);
                if (state.getUnpublished()) {
                    draft.publish();
                }
                return false;
            }
            case CampaignDraft.CANCEL -> {
                if (state.getCancellingFrom() >= 0) {
                    cancelChunk(draft);
                    draft.changed();
                }
                return false;
            }
            case CampaignDraft.RETENTION -> {
                long over = state.getCompletedAtMs() + limits.retention().toMillis();
                boolean running = draft.known() && state.getCompletedAtMs() == 0;
                long left = over - draft.moment.nowMillis();
                if (!running && left > 0) {
                    // Timers go by a clock that nobody sets; the wall clock was set back.
                    draft.wake(CampaignDraft.RETENTION, Duration.ofMillis(left), CampaignDraft.RETENTION);
                }
                return !running && left <= 0;
            }
            default -> throw new IllegalArgumentException("campaign " + draft.campaignId + ": no timer is " + kind);
        }
    }

    /** Cancels the next rows that have not ended. A row that is not yet known as a task is stopped when it comes. */
    private void cancelChunk(CampaignDraft draft) {
        CampaignState.Builder state = draft.state;
        CampaignId campaign = new CampaignId(draft.campaignId);
        int from = state.getCancellingFrom();
        int to = Math.min(state.getTotal(), from + limits.chunk());
        for (int row = from; row < to; row++) {
            if (draft.rows.ending(row) == null) {
                String task = campaign.task(row).value();
                draft.effects.add(new Effect.ToTask(task, cancel(draft, task, row)));
            }
        }
        if (to < state.getTotal()) {
            state.setCancellingFrom(to);
            draft.wake(CampaignDraft.CANCEL, limits.chunkPause(), CampaignDraft.CANCEL);
            return;
        }
        state.setCancellingFrom(NOT_CANCELLING).clearCancelCommand();
    }

    private static TaskMessage cancel(CampaignDraft draft, String task, int row) {
        CampaignState.Builder state = draft.state;
        return TaskMessage.newBuilder()
                .setCommand(TaskCommand.newBuilder()
                        .setCommandId(state.getCancelCommand() + "/" + row)
                        .setTaskId(task)
                        .setUserId(state.getUserId())
                        .setIssuedAtMs(draft.moment.nowMillis())
                        .setTraceparent(state.getTraceparent())
                        .setCancel(CancelTask.newBuilder()
                                .setReason(state.getCancelReason())
                                .setRequestedBy(state.getRequestedBy())))
                .build();
    }

    private static Effect accepted(CampaignDraft draft, TaskCommand command) {
        return CampaignReports.answer(draft, command, CommandAnswer.newBuilder().setAccepted(true));
    }

    private static Effect refused(CampaignDraft draft, TaskCommand command, ErrorCode code, String reason) {
        CommandAnswer.Builder answer =
                CommandAnswer.newBuilder().setCode(code.name()).setReason(reason);
        return CampaignReports.answer(draft, command, answer);
    }
}
