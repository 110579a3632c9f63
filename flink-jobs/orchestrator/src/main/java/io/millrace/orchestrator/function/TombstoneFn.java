package io.millrace.orchestrator.function;

import io.millrace.engine.Decision;
import io.millrace.engine.Moment;
import io.millrace.engine.task.TombstonePageMachine;
import io.millrace.schemas.v1.TombstoneMessage;
import io.millrace.schemas.v1.TombstonePage;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.flink.statefun.sdk.Context;
import org.apache.flink.statefun.sdk.StatefulFunction;
import org.apache.flink.statefun.sdk.annotations.Persisted;
import org.apache.flink.statefun.sdk.state.Expiration;
import org.apache.flink.statefun.sdk.state.PersistedValue;

/** {@code millrace/tombstones}, id {@code e:KEYGROUP/NUMBER}: what is known of many tasks that have ended. */
final class TombstoneFn implements StatefulFunction {
    static final String PAGE = "page";

    @Persisted
    private final PersistedValue<TombstonePage> page;

    private final TombstonePageMachine machine = new TombstonePageMachine();
    private final Effects effects;
    private final Supplier<Moment> clock;

    /** @param retention after which a page that nothing has been added to holds only what has expired */
    TombstoneFn(Duration retention, Effects effects, Supplier<Moment> clock) {
        this.page = PersistedValue.of(PAGE, TombstonePage.class, Expiration.expireAfterWriting(retention));
        this.effects = effects;
        this.clock = clock;
    }

    @Override
    public void invoke(Context context, Object input) {
        if (!(input instanceof TombstoneMessage message)) {
            Defect.unexpected(context, input);
            return;
        }
        TombstonePage before = page.get();
        Decision<TombstonePage> decision;
        try {
            decision = machine.decide(before, message, clock.get());
        } catch (RuntimeException thrown) {
            Defect.report(context, message, thrown);
            return;
        }
        TombstonePage after = decision.state();
        if (after != null && after != before) {
            page.set(after);
        }
        effects.apply(context, decision.effects());
    }
}
