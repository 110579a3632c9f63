package io.millrace.engine.campaign;

import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.CampaignState;
import io.millrace.schemas.v1.CampaignTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One decision about a campaign under way. */
final class CampaignDraft {
    static final String PUBLISH = "publish";
    static final String CANCEL = "cancel";
    static final String RETENTION = "retention";

    final String campaignId;
    final CampaignState.Builder state;
    final Moment moment;
    final CampaignRows rows;
    final List<Effect> effects = new ArrayList<>();

    private final CampaignLimits limits;

    CampaignDraft(String campaignId, CampaignState.Builder state, Moment moment, CampaignLimits limits) {
        this.campaignId = campaignId;
        this.state = state;
        this.moment = moment;
        this.limits = limits;
        this.rows = new CampaignRows(campaignId, state);
    }

    /** The command that begins it has come; rows may have ended before. */
    boolean known() {
        return state.getTotal() > 0;
    }

    /** The counts are no longer as told. */
    void changed() {
        if (!known()) {
            return;
        }
        if (rows.allEnded() && state.getCompletedAtMs() == 0) {
            complete();
            return;
        }
        if (state.getPublishing()) {
            state.setUnpublished(true);
            return;
        }
        publish();
    }

    void publish() {
        effects.add(CampaignReports.step(this));
        state.setUnpublished(false);
        if (!state.getPublishing()) {
            state.setPublishing(true);
            wake(PUBLISH, limits.publishEvery(), "");
        }
    }

    void remember() {
        wake(RETENTION, limits.retention(), RETENTION);
    }

    void wake(String kind, Duration delay, String token) {
        CampaignMessage message = CampaignMessage.newBuilder()
                .setTimer(CampaignTimer.newBuilder().setKind(kind))
                .build();
        effects.add(new Effect.Wake<>(delay, token, message));
    }

    /** The summary, at once, and what is kept until retention. */
    private void complete() {
        state.setCompletedAtMs(moment.nowMillis()).clearEndedBySecond().clearSecond();
        rows.fold();
        state.setCancellingFrom(CampaignMachine.NOT_CANCELLING).clearCancelCommand();
        effects.add(CampaignReports.event(this, EventType.CAMPAIGN_COMPLETED));
        publish();
        remember();
    }
}
