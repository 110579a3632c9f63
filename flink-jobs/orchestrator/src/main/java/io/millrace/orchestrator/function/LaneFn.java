package io.millrace.orchestrator.function;

import com.google.protobuf.MessageLite;
import io.millrace.engine.Decision;
import io.millrace.engine.DefinitionMissing;
import io.millrace.engine.Moment;
import io.millrace.engine.lane.LaneMachine;
import io.millrace.engine.lane.PageMachine;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.PageState;
import java.util.function.Supplier;
import org.apache.flink.statefun.sdk.Context;
import org.apache.flink.statefun.sdk.StatefulFunction;
import org.apache.flink.statefun.sdk.annotations.Persisted;
import org.apache.flink.statefun.sdk.state.PersistedValue;

/** {@code millrace/lane}: {@code l:LANE} gives out the slots of a lane, {@code l:LANE/PAGE} keeps one page of its queue. */
final class LaneFn implements StatefulFunction {
    static final String LANE = "lane";
    static final String PAGE = "page";

    @Persisted
    private final PersistedValue<LaneState> lane = PersistedValue.of(LANE, LaneState.class);

    @Persisted
    private final PersistedValue<PageState> page = PersistedValue.of(PAGE, PageState.class);

    private final LaneMachine lanes;
    private final PageMachine pages = new PageMachine();
    private final Effects effects;
    private final Supplier<Moment> clock;
    private final PutOff putOff = new PutOff();

    LaneFn(LaneMachine lanes, Effects effects, Supplier<Moment> clock) {
        this.lanes = lanes;
        this.effects = effects;
        this.clock = clock;
    }

    @Override
    public void invoke(Context context, Object input) {
        if (!(input instanceof LaneMessage message)) {
            Defect.unexpected(context, input);
            return;
        }
        Addresses.LanePart part = Addresses.LanePart.of(context.self());
        if (part.isPage()) {
            decide(context, message, page, () -> pages.decide(part.lane(), part.page(), page.get(), message));
        } else {
            decide(context, message, lane, () -> lanes.decide(part.lane(), lane.get(), message, clock.get()));
        }
    }

    private <S extends MessageLite> void decide(
            Context context, LaneMessage message, PersistedValue<S> state, Supplier<Decision<S>> machine) {
        Decision<S> decision;
        try {
            decision = machine.get();
        } catch (DefinitionMissing missing) {
            putOff.again(context, message, missing);
            return;
        } catch (RuntimeException thrown) {
            Defect.report(context, message, thrown);
            return;
        }
        S after = decision.state();
        if (after == null) {
            state.clear();
        } else {
            state.set(after);
        }
        effects.apply(context, decision.effects());
    }
}
