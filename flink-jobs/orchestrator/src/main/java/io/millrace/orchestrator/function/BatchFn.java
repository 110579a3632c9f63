package io.millrace.orchestrator.function;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.engine.Moment;
import io.millrace.engine.batch.BatchDecision;
import io.millrace.engine.batch.BatchMachine;
import io.millrace.engine.batch.Gathered;
import io.millrace.orchestrator.remote.RemoteWire;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchState;
import io.millrace.schemas.v1.InferenceItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.statefun.sdk.Address;
import org.apache.flink.statefun.sdk.Context;
import org.apache.flink.statefun.sdk.StatefulFunction;
import org.apache.flink.statefun.sdk.annotations.Persisted;
import org.apache.flink.statefun.sdk.reqreply.generated.TypedValue;
import org.apache.flink.statefun.sdk.state.PersistedAppendingBuffer;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.jspecify.annotations.Nullable;

/** {@code millrace/batch}, id {@code b:FUNCTION/SHARD}: gathers items of one remote function into calls. */
final class BatchFn implements StatefulFunction {
    static final String STATE = "state";
    static final String GATHERED = "gathered";

    @Persisted
    private final PersistedValue<BatchState> state = PersistedValue.of(STATE, BatchState.class);

    @Persisted
    private final PersistedAppendingBuffer<InferenceItem> gathered =
            PersistedAppendingBuffer.of(GATHERED, InferenceItem.class);

    /** What has gathered, of the batchers that were looked through already. */
    private final Map<String, List<InferenceItem>> waiting = new HashMap<>();

    private final BatchMachine machine;
    private final Effects effects;
    private final Supplier<Moment> clock;

    BatchFn(BatchMachine machine, Effects effects, Supplier<Moment> clock) {
        this.machine = machine;
        this.effects = effects;
        this.clock = clock;
    }

    @Override
    public void invoke(Context context, Object input) {
        BatchMessage message = message(input);
        if (message == null) {
            Defect.unexpected(context, input);
            return;
        }
        Address self = context.self();
        BatchDecision decision;
        try {
            String function = Addresses.functionOf(self);
            decision =
                    machine.decide(function, state.get(), message, () -> new ArrayList<>(waiting(self)), clock.get());
        } catch (RuntimeException thrown) {
            Defect.report(context, message, thrown);
            state.set(machine.afterDefect(state.get(), message));
            return;
        }
        state.set(decision.state());
        keep(self, decision.gathered());
        effects.apply(context, decision.effects());
    }

    private static @Nullable BatchMessage message(Object input) {
        if (input instanceof BatchMessage message) {
            return message;
        }
        if (input instanceof TypedValue value && value.getTypename().equals(RemoteWire.BATCH_REPLY)) {
            try {
                BatchReply reply = BatchReply.parseFrom(value.getValue());
                return BatchMessage.newBuilder().setReply(reply).build();
            } catch (InvalidProtocolBufferException e) {
                return null;
            }
        }
        return null;
    }

    private List<InferenceItem> waiting(Address self) {
        return waiting.computeIfAbsent(self.id(), id -> {
            List<InferenceItem> items = new ArrayList<>();
            Iterable<InferenceItem> view = gathered.view();
            if (view != null) {
                view.forEach(items::add);
            }
            return items;
        });
    }

    private void keep(Address self, Gathered change) {
        if (change instanceof Gathered.Append append) {
            waiting(self).add(append.item());
            gathered.append(append.item());
        } else if (change instanceof Gathered.Replace replace) {
            waiting.put(self.id(), new ArrayList<>(replace.items()));
            if (replace.items().isEmpty()) {
                gathered.clear();
            } else {
                gathered.replaceWith(replace.items());
            }
        }
    }
}
