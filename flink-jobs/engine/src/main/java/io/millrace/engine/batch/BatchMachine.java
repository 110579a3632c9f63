package io.millrace.engine.batch;

import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchState;
import io.millrace.schemas.v1.BatchTimer;
import io.millrace.schemas.v1.DropItem;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.TaskMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Forms batches for one remote function. A free slot takes what has gathered at once, so no timer adds latency, unless the function
 * asks to wait for full batches; while all slots are busy items gather. The flush message it sends itself lets all items of one reply gather before the first leaves.
 */
public final class BatchMachine {
    private static final BatchMessage FLUSH =
            BatchMessage.newBuilder().setFlush(true).build();
    private static final String FULL_TIMER = "full";
    /** When a wait was due that is over. */
    private static final long OVER = 1;

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
            case ITEM -> onItem(next, limits.of(function), dispatch, message.getItem(), moment, effects);
            case FLUSH -> {
                next.setFlushPending(false);
                yield dispatch.run(gathered);
            }
            case REPLY -> {
                onReply(next, breaker, message.getReply(), moment, effects);
                BatchMeasures.busy(function, next, effects);
                yield dispatch.run(gathered);
            }
            case TIMER -> {
                onTimer(next, breaker, message.getTimer(), moment);
                yield dispatch.run(gathered);
            }
            case DROP -> drop(next, dispatch, message.getDrop(), gathered);
            case BODY_NOT_SET -> throw new IllegalArgumentException("batcher " + function + ": message without a body");
        };
        return new BatchDecision(next.build(), change, effects);
    }

    /**
     * What stays true when a decision threw: the call that was answered holds its slot no longer, and the flush that came is
     * not still to come. The items of the reply are left to the guards of their tasks.
     *
     * @param state what was kept before the message
     */
    public BatchState afterDefect(@Nullable BatchState state, BatchMessage message) {
        BatchState.Builder next = state == null ? BatchState.newBuilder() : state.toBuilder();
        if (message.hasReply()) {
            free(next, message.getReply().getSlot());
        }
        if (message.hasFlush()) {
            next.setFlushPending(false);
        }
        return next.build();
    }

    private static Gathered onItem(
            BatchState.Builder state,
            FunctionLimits limits,
            Dispatch dispatch,
            InferenceItem item,
            Moment moment,
            List<Effect> effects) {
        state.setGathered(state.getGathered() + 1);
        boolean leaves = !limits.gathers() || item.getAlone() || gather(state, limits, item, moment, effects);
        if (leaves && !state.getFlushPending() && dispatch.mayCall()) {
            state.setFlushPending(true);
            effects.add(new Effect.ToSelf<>(FLUSH));
        }
        return new Gathered.Append(item);
    }

    /** The item waits for company. @return whether it is the one that was waited for, or the wait is over */
    private static boolean gather(
            BatchState.Builder state, FunctionLimits limits, InferenceItem item, Moment moment, List<Effect> effects) {
        if (state.getDueMs() == 0) {
            state.setDueMs(moment.nowMillis() + limits.maxWait().toMillis());
            effects.add(new Effect.Wake<>(
                    limits.maxWait(),
                    "",
                    BatchMessage.newBuilder()
                            .setTimer(
                                    BatchTimer.newBuilder().setKind(FULL_TIMER).setId(state.getDueMs()))
                            .build()));
        }
        boolean full = new Buckets(state).add(item.getBucket()) >= limits.maxItems();
        return full || state.getDueMs() <= moment.nowMillis();
    }

    private static void onTimer(BatchState.Builder state, Breaker breaker, BatchTimer timer, Moment moment) {
        if (!timer.getKind().equals(FULL_TIMER)) {
            breaker.probe(timer, moment.nowMillis());
            return;
        }
        if (timer.getId() == state.getDueMs()) {
            // The wait is over, also when the wall clock was set back meanwhile.
            state.setDueMs(OVER);
        }
    }

    private static void onReply(
            BatchState.Builder state, Breaker breaker, BatchReply reply, Moment moment, List<Effect> effects) {
        free(state, reply.getSlot());
        for (ItemReply item : reply.getItemsList()) {
            effects.add(new Effect.ToTask(
                    item.getTaskId(), TaskMessage.newBuilder().setItem(item).build()));
        }
        breaker.answered(reply, moment.nowMillis(), effects);
    }

    private static void free(BatchState.Builder state, int slot) {
        state.setBusy(state.getBusy() & ~(1L << slot));
    }

    private static Gathered drop(
            BatchState.Builder state, Dispatch dispatch, DropItem drop, Supplier<List<InferenceItem>> gathered) {
        if (state.getGathered() == 0) {
            return new Gathered.Keep();
        }
        List<InferenceItem> kept = gathered.get().stream()
                .filter(item -> !item.getTaskId().equals(drop.getTaskId()) || item.getAttempt() > drop.getAttempt())
                .toList();
        if (kept.size() == state.getGathered()) {
            return new Gathered.Keep();
        }
        dispatch.kept(kept);
        return new Gathered.Replace(kept);
    }
}
