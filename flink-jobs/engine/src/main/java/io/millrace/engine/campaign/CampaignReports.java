package io.millrace.engine.campaign;

import io.millrace.engine.Effect;
import io.millrace.engine.json.JsonBytes;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CampaignState;
import io.millrace.schemas.v1.CampaignStep;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.TaskCommand;

/** What a campaign says: its counts to those who watch, its start and its summary as public events, answers to commands. */
final class CampaignReports {
    private CampaignReports() {}

    static Effect step(CampaignDraft draft) {
        CampaignState.Builder state = draft.state;
        CampaignRows rows = draft.rows;
        boolean over = state.getCompletedAtMs() > 0;
        float rate = over ? 0 : new Rate(state).perSecond(draft.moment.nowMillis());
        int open = state.getTotal() - state.getEnded();
        long end = rate > 0 ? draft.moment.nowMillis() + (long) (open / rate * 1000) : 0;
        return new Effect.Tell(about(draft)
                .setCampaign(CampaignStep.newBuilder()
                        .setName(state.getName())
                        .setType(state.getType())
                        .setTotal(state.getTotal())
                        .setCompleted(rows.completed())
                        .setPartialFailure(rows.partial())
                        .setFailed(rows.failed())
                        .setCancelled(rows.cancelled())
                        .setCreatedAtMs(state.getCreatedAtMs())
                        .setCompletedAtMs(state.getCompletedAtMs())
                        .setVersion(state.getVersion())
                        .setRate(rate)
                        .setEstimatedEndMs(end)
                        .setComputeMs(state.getComputeMs())
                        .setCancelling(state.getCancellingFrom() >= 0))
                .build());
    }

    /** The event that goes with the version the campaign has reached. */
    static Effect event(CampaignDraft draft, EventType type) {
        CampaignState.Builder state = draft.state;
        CampaignRows rows = draft.rows;
        state.setVersion(state.getVersion() + 1);
        JsonBytes json = new JsonBytes(512)
                .text("campaign_id", draft.campaignId)
                .text("user_id", state.getUserId())
                .text("name", state.getName())
                .text("type", state.getType())
                .number("version", state.getVersion())
                .text("status", state.getCompletedAtMs() > 0 ? "completed" : "processing")
                .number("total", state.getTotal())
                .number("completed", rows.completed())
                .number("partial_failure", rows.partial())
                .number("failed", rows.failed())
                .number("cancelled", rows.cancelled())
                .time("created_at", state.getCreatedAtMs())
                .time("completed_at", state.getCompletedAtMs())
                .number("compute_ms", state.getComputeMs())
                .time("time", draft.moment.nowMillis());
        return new Effect.Publish(EventRecord.newBuilder()
                .setTaskId(draft.campaignId)
                .setType(type.wireName())
                .setVersion(state.getVersion())
                .setTimeMs(draft.moment.nowMillis())
                .setTraceparent(state.getTraceparent())
                .setUserId(state.getUserId())
                .setData(json.build())
                .build());
    }

    static Effect answer(CampaignDraft draft, TaskCommand command, CommandAnswer.Builder answer) {
        return new Effect.Tell(about(draft)
                .setUserId(command.getUserId())
                .setTraceparent(command.getTraceparent())
                .setAnswer(answer.setCommandId(command.getCommandId()))
                .build());
    }

    private static Progress.Builder about(CampaignDraft draft) {
        return Progress.newBuilder()
                .setTaskId(draft.campaignId)
                .setCampaignId(draft.campaignId)
                .setUserId(draft.state.getUserId())
                .setTimeMs(draft.moment.nowMillis())
                .setTraceparent(draft.state.getTraceparent());
    }
}
