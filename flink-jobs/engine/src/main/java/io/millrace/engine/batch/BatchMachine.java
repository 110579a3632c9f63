package io.millrace.engine.batch;

import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchState;
import io.millrace.schemas.v1.DropItem;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.TaskMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Forms batches for one remote function. A free slot takes what has gathered at once, so no timer adds latency; while all slots
 * are busy items gather. The flush message it sends itself lets all items of one reply gather before the first leaves.
 */
public final class BatchMachine {
    private static final BatchMessage FLUSH =
            BatchMessage.newBuilder().setFlush(true).build();

    private final BatchLimits limits;

    public BatchMachine(BatchLimits limits) {
        this.limits = limits;
    }

    /**
     * @param state what the last decision of this batcher kept; null when it has none yet
     * @param gathered reads the waiting items; called at most once, only when they are needed
     */
    public BatchDecision decide(
            String function,
            @Nullable BatchState state,
            BatchMessage message,
            Supplier<List<InferenceItem>> gathered,
            Moment moment) {
        BatchState.Builder next = state == null ? BatchState.newBuilder() : state.toBuilder();
        List<Effect> effects = new ArrayList<>();
        Breaker breaker = new Breaker(next.getBreakerBuilder(), limits);
        Dispatch dispatch = new Dispatch(function, limits, next, breaker, moment, effects);
        Gathered change = switch (message.getBodyCase()) {
            case ITEM -> onItem(next, breaker, message.getItem(), effects);
            case FLUSH -> {
                next.setFlushPending(false);
                yield dispatch.run(gathered);
            }
            case REPLY -> {
                onReply(next, breaker, message.getReply(), moment, effects);
                yield dispatch.run(gathered);
            }
            case TIMER -> {
                breaker.probe(moment.nowMillis());
                yield dispatch.run(gathered);
            }
            case DROP -> drop(next, message.getDrop(), gathered);
            case BODY_NOT_SET -> throw new IllegalArgumentException("batcher " + function + ": message without a body");
        };
        return new BatchDecision(next.build(), change, effects);
    }

    private Gathered onItem(BatchState.Builder state, Breaker breaker, InferenceItem item, List<Effect> effects) {
        state.setGathered(state.getGathered() + 1);
        if (!state.getFlushPending() && breaker.lets() && Long.bitCount(state.getBusy()) < limits.slots()) {
            state.setFlushPending(true);
            effects.add(new Effect.ToSelf<>(FLUSH));
        }
        return new Gathered.Append(item);
    }

    private static void onReply(
            BatchState.Builder state, Breaker breaker, BatchReply reply, Moment moment, List<Effect> effects) {
        state.setBusy(state.getBusy() & ~(1L << reply.getSlot()));
        for (ItemReply item : reply.getItemsList()) {
            effects.add(new Effect.ToTask(
                    item.getTaskId(), TaskMessage.newBuilder().setItem(item).build()));
        }
        breaker.answered(reply, moment.nowMillis(), effects);
    }

    private static Gathered drop(BatchState.Builder state, DropItem drop, Supplier<List<InferenceItem>> gathered) {
        if (state.getGathered() == 0) {
            return new Gathered.Keep();
        }
        List<InferenceItem> kept = gathered.get().stream()
                .filter(item -> !item.getTaskId().equals(drop.getTaskId()) || item.getAttempt() > drop.getAttempt())
                .toList();
        if (kept.size() == state.getGathered()) {
            return new Gathered.Keep();
        }
        state.setGathered(kept.size());
        return new Gathered.Replace(kept);
    }
}
