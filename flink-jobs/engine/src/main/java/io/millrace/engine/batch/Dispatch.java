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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Sends what has gathered to the slots that are free. */
final class Dispatch {
    private final String function;
    private final BatchLimits limits;
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
        this.limits = limits;
        this.state = state;
        this.breaker = breaker;
        this.moment = moment;
        this.effects = effects;
    }

    Gathered run(Supplier<List<InferenceItem>> gathered) {
        if (state.getGathered() == 0 || !mayCall()) {
            return new Gathered.Keep();
        }
        Deque<InferenceItem> waiting = new ArrayDeque<>(gathered.get());
        while (mayCall() && !waiting.isEmpty()) {
            List<InferenceItem> batch = next(waiting);
            if (!batch.isEmpty()) {
                call(batch);
            }
        }
        state.setGathered(waiting.size());
        return new Gathered.Replace(List.copyOf(waiting));
    }

    /** Takes the next batch off the queue; an item that must go alone is a batch of its own. */
    private List<InferenceItem> next(Deque<InferenceItem> waiting) {
        int max = limits.maxItems(function);
        List<InferenceItem> batch = new ArrayList<>(Math.min(max, waiting.size()));
        while (batch.size() < max && !waiting.isEmpty()) {
            InferenceItem item = waiting.peekFirst();
            if (item.getDeadlineMs() <= moment.nowMillis()) {
                waiting.removeFirst();
                expired(item);
                continue;
            }
            if (item.getAlone() && !batch.isEmpty()) {
                break;
            }
            batch.add(waiting.removeFirst());
            if (item.getAlone()) {
                break;
            }
        }
        return batch;
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
                .setExpiresAtMs(
                        Math.min(last, moment.nowMillis() + limits.maxCall().toMillis()))
                .addAllItems(batch)
                .build()));
        effects.add(new Effect.Count("batches", 1));
        effects.add(new Effect.Count("batched_items", batch.size()));
    }

    private boolean mayCall() {
        return breaker.lets() && Long.bitCount(state.getBusy()) < limits.slots();
    }

    private void expired(InferenceItem item) {
        ItemReply reply = ItemReply.newBuilder()
                .setTaskId(item.getTaskId())
                .setPhase(item.getPhase())
                .setAttempt(item.getAttempt())
                .setRound(item.getRound())
                .setTries(item.getTries())
                .setFailure(ItemFailure.newBuilder()
                        .setCode(ErrorCode.EXPIRED.name())
                        .setRetryable(true)
                        .setMessage("no slot of " + function + " was free in time"))
                .build();
        effects.add(new Effect.ToTask(
                item.getTaskId(), TaskMessage.newBuilder().setItem(reply).build()));
    }
}
