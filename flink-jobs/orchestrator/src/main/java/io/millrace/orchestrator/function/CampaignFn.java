package io.millrace.orchestrator.function;

import io.millrace.engine.Decision;
import io.millrace.engine.Moment;
import io.millrace.engine.campaign.CampaignMachine;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.CampaignState;
import java.util.function.Supplier;
import org.apache.flink.statefun.sdk.Context;
import org.apache.flink.statefun.sdk.StatefulFunction;
import org.apache.flink.statefun.sdk.annotations.Persisted;
import org.apache.flink.statefun.sdk.state.PersistedValue;

/** {@code millrace/campaign}, id {@code c:CAMPAIGN}: how the rows of one campaign have ended. */
final class CampaignFn implements StatefulFunction {
    static final String CAMPAIGN = "campaign";

    @Persisted
    private final PersistedValue<CampaignState> campaign = PersistedValue.of(CAMPAIGN, CampaignState.class);

    private final CampaignMachine machine;
    private final Effects effects;
    private final Supplier<Moment> clock;

    CampaignFn(CampaignMachine machine, Effects effects, Supplier<Moment> clock) {
        this.machine = machine;
        this.effects = effects;
        this.clock = clock;
    }

    @Override
    public void invoke(Context context, Object input) {
        if (!(input instanceof CampaignMessage message)) {
            Defect.unexpected(context, input);
            return;
        }
        Decision<CampaignState> decision;
        try {
            String campaignId = Addresses.campaignOf(context.self());
            decision = machine.decide(campaignId, campaign.get(), message, clock.get());
        } catch (RuntimeException thrown) {
            Defect.report(context, message, thrown);
            return;
        }
        CampaignState after = decision.state();
        if (after == null) {
            campaign.clear();
        } else {
            campaign.set(after);
        }
        effects.apply(context, decision.effects());
    }
}
