package io.millrace.inference.run;

import io.millrace.inference.function.Batches;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.load.FunctionRegistry;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Answers batches: one reply for each item, in its order, whatever happens to the others. */
public final class BatchRunner implements Batches {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

    private static final Set<String> EXPECTED =
            Set.of(ErrorCode.BUSY.name(), ErrorCode.EXPIRED.name(), ErrorCode.CANCELLED.name());

    private final RunSettings settings;
    private final FunctionRegistry functions;
    private final Surroundings surroundings;
    private final Demand demand;
    private final Turns turns;
    private final Workbench workbench;
    private final Semaphore free;
    private final Set<Item> inFlight = ConcurrentHashMap.newKeySet();

    public BatchRunner(RunSettings settings, FunctionRegistry functions, Surroundings surroundings) {
        this.settings = settings;
        this.functions = functions;
        this.surroundings = surroundings;
        this.demand = new Demand(surroundings.cancellations(), surroundings.clock());
        this.turns = new Turns(settings.workers());
        this.workbench = new Workbench(turns, demand, surroundings);
        this.free = new Semaphore(settings.capacity());
        surroundings.measures().gauge("inference.items.in.flight", inFlight::size);
    }

    /**
     * Runs a batch; returns at once.
     *
     * @param function the function that was called, one of the registry's
     * @return completes normally, with exactly one reply for each item
     */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public CompletableFuture<BatchReply> run(String function, BatchRequest batch) {
        surroundings.measures().batch(function);
        List<CompletableFuture<ItemReply>> replies = new ArrayList<>(batch.getItemsCount());
        List<Item> admitted = new ArrayList<>(batch.getItemsCount());
        for (InferenceItem request : batch.getItemsList()) {
            Item item = new Item(
                    function,
                    request,
                    batch.getExpiresAtMs(),
                    surroundings.ticks().gate(request));
            replies.add(item.reply().whenComplete((reply, never) -> answered(item, reply)));
            if (admit(item, batch)) {
                admitted.add(item);
            }
        }
        functions
                .function(function)
                .orTimeout(settings.loadWait().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((loaded, failure) -> handOver(loaded, failure, admitted));
        return CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
                .thenApply(all -> reply(batch, replies));
    }

    private boolean admit(Item item, BatchRequest batch) {
        if (!batch.getFunction().isEmpty() && !batch.getFunction().equals(item.function())) {
            item.fail(
                    ErrorCode.BAD_INPUT,
                    "function must be " + item.function() + " at this address, not " + batch.getFunction());
            return false;
        }
        if (!free.tryAcquire()) {
            item.fail(
                    ErrorCode.BUSY,
                    "this inference process holds " + settings.capacity()
                            + " items, its capacity: send the item again later");
            return false;
        }
        inFlight.add(item);
        return true;
    }

    private void handOver(@Nullable PhaseFunction loaded, @Nullable Throwable failure, List<Item> items) {
        if (loaded != null) {
            workbench.put(loaded, items);
            return;
        }
        String reason = failure == null ? "it is gone" : reason(failure);
        items.forEach(item -> item.fail(ErrorCode.UNAVAILABLE, "function " + item.function() + ": " + reason));
    }

    private static String reason(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "its model is still being loaded: send the item again";
        }
        Throwable cause = failure.getCause();
        if (failure instanceof CompletionException && cause != null) {
            return String.valueOf(cause.getMessage());
        }
        return String.valueOf(failure.getMessage());
    }

    private void answered(Item item, ItemReply reply) {
        item.ticks().close();
        if (inFlight.remove(item)) {
            free.release();
        }
        String outcome = outcome(reply);
        surroundings.measures().item(item.function(), outcome);
        if (reply.hasFailure()) {
            // What was sent back or given up is counted; what failed is told.
            LOG.atLevel(EXPECTED.contains(outcome) ? Level.DEBUG : Level.INFO)
                    .log(
                            "event=item-failed task={} phase={} attempt={} tries={} error={} reason=\"{}\"",
                            reply.getTaskId(),
                            reply.getPhase(),
                            reply.getAttempt(),
                            reply.getTries(),
                            outcome,
                            reply.getFailure().getMessage());
        }
    }

    private static String outcome(ItemReply reply) {
        if (reply.hasFailure()) {
            return reply.getFailure().getCode();
        }
        if (reply.hasAccepted()) {
            return "accepted";
        }
        return reply.getResult().getReused() ? "reused" : "computed";
    }

    private static BatchReply reply(BatchRequest batch, List<CompletableFuture<ItemReply>> replies) {
        BatchReply.Builder reply =
                BatchReply.newBuilder().setBatchId(batch.getBatchId()).setSlot(batch.getSlot());
        replies.forEach(item -> reply.addItems(withBatchSize(item.join(), replies.size())));
        return reply.build();
    }

    private static ItemReply withBatchSize(ItemReply item, int size) {
        if (!item.hasResult() || item.getResult().getReused()) {
            return item;
        }
        ItemReply.Builder reply = item.toBuilder();
        reply.getResultBuilder().setBatchSize(size);
        return reply.build();
    }

    /** Items not begun are sent back from now on; those that run go on. */
    public void drain() {
        demand.drain();
    }

    /** Waits until every item is answered; at the end of the patience those left are answered EXPIRED. */
    public void finish(Duration patience) throws InterruptedException {
        if (free.tryAcquire(settings.capacity(), patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        LOG.warn("event=drain-cut-short items={}", inFlight.size());
        demand.end();
        inFlight.forEach(
                item -> item.fail(ErrorCode.EXPIRED, "this inference process ended before the item was computed"));
    }

    /**
     * Ends the workers and answers what is left.
     *
     * @return whether no model is running any more, so that models may be closed
     */
    public boolean end(Duration patience) {
        demand.drain();
        demand.end();
        boolean quiet = turns.end(patience);
        inFlight.forEach(item -> item.fail(ErrorCode.UNAVAILABLE, "this inference process is shutting down"));
        return quiet;
    }
}
