package io.millrace.orchestrator.function;

import com.google.protobuf.MessageLite;
import io.millrace.engine.Decision;
import io.millrace.engine.Moment;
import io.millrace.engine.lane.LaneMachine;
import io.millrace.engine.lane.PageMachine;
import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.PageState;
import io.millrace.schemas.v1.SlotHolder;
import java.util.function.Supplier;
import org.apache.flink.statefun.sdk.Address;
import org.apache.flink.statefun.sdk.Context;
import org.apache.flink.statefun.sdk.StatefulFunction;
import org.apache.flink.statefun.sdk.annotations.Persisted;
import org.apache.flink.statefun.sdk.state.PersistedAppendingBuffer;
import org.apache.flink.statefun.sdk.state.PersistedTable;
import org.apache.flink.statefun.sdk.state.PersistedValue;

/** {@code millrace/lane}: {@code l:LANE} gives out the slots of a lane, {@code l:LANE/PAGE} keeps one page of its queue. */
final class LaneFn implements StatefulFunction {
    static final String LANE = "lane";
    static final String HOLDERS = "holders";
    static final String PAGE = "page";
    static final String ENTRIES = "entries";

    @Persisted
    private final PersistedValue<LaneState> lane = PersistedValue.of(LANE, LaneState.class);

    /** Of a lane whose {@link #LANE} says so: by task and ticket. */
    @Persisted
    private final PersistedTable<String, SlotHolder> holders =
            PersistedTable.of(HOLDERS, String.class, SlotHolder.class);

    @Persisted
    private final PersistedValue<PageState> page = PersistedValue.of(PAGE, PageState.class);

    /** Of the page, where it is no value. */
    @Persisted
    private final PersistedAppendingBuffer<LaneEntry> entries = PersistedAppendingBuffer.of(ENTRIES, LaneEntry.class);

    private final Kept<LaneState> keptLane;
    private final Kept<PageState> keptPage;
    private final LaneMachine lanes;
    private final PageMachine pages = new PageMachine();
    private final Effects effects;
    private final Supplier<Moment> clock;

    LaneFn(LaneMachine lanes, StateBackend backend, Effects effects, Supplier<Moment> clock) {
        this.keptLane = new Kept<>(new LaneParts(lane, holders, backend), backend);
        this.keptPage = new Kept<>(new PageParts(page, entries, backend), backend);
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
        Address self = context.self();
        Addresses.LanePart part = Addresses.LanePart.of(self);
        if (part.isPage()) {
            decide(
                    context,
                    message,
                    keptPage,
                    () -> pages.decide(part.lane(), part.page(), keptPage.get(self), message));
        } else {
            decide(
                    context,
                    message,
                    keptLane,
                    () -> lanes.decide(part.lane(), keptLane.get(self), message, clock.get()));
        }
    }

    private <S extends MessageLite> void decide(
            Context context, LaneMessage message, Kept<S> state, Supplier<Decision<S>> machine) {
        Decision<S> decision;
        try {
            decision = machine.get();
        } catch (RuntimeException thrown) {
            Defect.report(context, message, thrown);
            return;
        }
        S after = decision.state();
        if (after == null) {
            state.clear(context.self());
        } else {
            state.set(context.self(), after);
        }
        effects.apply(context, decision.effects());
    }
}
