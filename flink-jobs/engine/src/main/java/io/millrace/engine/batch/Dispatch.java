package io.millrace.engine.batch;

import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.BatchState;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.TaskMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends what has gathered to the slots that are free: oldest first, and only items of one bucket in one call. */
final class Dispatch {
    private final String function;
    private final FunctionLimits limits;
    private final long maxCallMillis;
    private final BatchState.Builder state;
    private final Breaker breaker;
    private final Moment moment;
    private final List<Effect> effects;

    Dispatch(
            String function,
            BatchLimits limits,
            BatchState.Builder state,
            Breaker breaker,
            Moment moment,
            List<Effect> effects) {
        this.function = function;
        this.limits = limits.of(function);
        this.maxCallMillis = limits.maxCall().toMillis();
        this.state = state;
        this.breaker = breaker;
        this.moment = moment;
        this.effects = effects;
    }

    Gathered run(Supplier<List<InferenceItem>> gathered) {
        if (state.getGathered() == 0 || !mayCall()) {
            return new Gathered.Keep();
        }
        List<InferenceItem> waiting = new LinkedList<>(gathered.get());
        int before = waiting.size();
        waiting.removeIf(this::expired);
        boolean due = !limits.gathers() || state.getDueMs() <= moment.nowMillis();
        while (mayCall()) {
            List<InferenceItem> batch = next(waiting, due);
            if (batch.isEmpty()) {
                break;
            }
            call(batch);
        }
        if (waiting.size() == before) {
            return new Gathered.Keep();
        }
        kept(waiting);
        return new Gathered.Replace(waiting);
    }

    /** These stay. */
    void kept(List<InferenceItem> waiting) {
        state.setGathered(waiting.size());
        if (waiting.isEmpty()) {
            state.clearDueMs();
        }
        if (limits.gathers()) {
            new Buckets(state).recount(waiting);
        }
    }

    boolean mayCall() {
        return breaker.lets(moment.nowMillis()) && Long.bitCount(state.getBusy()) < limits.slots();
    }

    /** Takes the next batch off the queue, empty when none may leave; an item that must go alone is a batch of its own. */
    private List<InferenceItem> next(List<InferenceItem> waiting, boolean due) {
        InferenceItem first = first(waiting, due);
        if (first == null) {
            return List.of();
        }
        List<InferenceItem> batch = new ArrayList<>(Math.min(limits.maxItems(), waiting.size()));
        if (first.getAlone()) {
            batch.add(first);
        } else {
            for (InferenceItem item : waiting) {
                if (batch.size() == limits.maxItems()) {
                    break;
                }
                if (!item.getAlone() && item.getBucket().equals(first.getBucket())) {
                    batch.add(item);
                }
            }
        }
        remove(waiting, batch);
        return batch;
    }

    /** The oldest item that may leave: any when its time has come, else one that fills a batch or goes alone. */
    private @Nullable InferenceItem first(List<InferenceItem> waiting, boolean due) {
        Map<String, Integer> counts = due ? Map.of() : Buckets.count(waiting);
        for (InferenceItem item : waiting) {
            if (due || item.getAlone() || counts.getOrDefault(item.getBucket(), 0) >= limits.maxItems()) {
                return item;
            }
        }
        return null;
    }

    /** The items of a batch stand in the queue in the order of the batch. */
    private static void remove(List<InferenceItem> waiting, List<InferenceItem> batch) {
        int removed = 0;
        for (Iterator<InferenceItem> items = waiting.iterator(); removed < batch.size(); ) {
            if (items.next() == batch.get(removed)) {
                items.remove();
                removed++;
            }
        }
    }

    private void call(List<InferenceItem> batch) {
        int slot = Long.numberOfTrailingZeros(~state.getBusy());
        long last = batch.stream().mapToLong(InferenceItem::getDeadlineMs).max().orElseThrow();
        state.setBusy(state.getBusy() | 1L << slot).setNextBatch(state.getNextBatch() + 1);
        breaker.called();
        effects.add(new Effect.CallRemote(BatchRequest.newBuilder()
                .setBatchId(function + "-" + state.getNextBatch())
                .setFunction(function)
                .setSlot(slot)
                .setExpiresAtMs(Math.min(last, moment.nowMillis() + maxCallMillis))
                .addAllItems(batch)
                .build()));
        BatchMeasures.called(function, state, batch.size(), effects);
    }

    private boolean expired(InferenceItem item) {
        if (item.getDeadlineMs() > moment.nowMillis()) {
            return false;
        }
        ItemReply reply = ItemReply.newBuilder()
                .setTaskId(item.getTaskId())
                .setPhase(item.getPhase())
                .setAttempt(item.getAttempt())
                .setRound(item.getRound())
                .setTries(item.getTries())
                .setItem(item.getItem())
                .setFailure(ItemFailure.newBuilder()
                        .setCode(ErrorCode.EXPIRED.name())
                        .setRetryable(true)
                        .setMessage("no slot of " + function + " was free in time"))
                .build();
        effects.add(new Effect.ToTask(
                item.getTaskId(), TaskMessage.newBuilder().setItem(reply).build()));
        return true;
    }
}
