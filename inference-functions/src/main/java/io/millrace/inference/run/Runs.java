package io.millrace.inference.run;

import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.store.Lease;
import io.millrace.inference.store.ResultKey;
import io.millrace.inference.store.ResultStore;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemResult;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** Sees to it that a key is computed once: an item joins the run under way, takes what is stored, or leads a run of its own. */
final class Runs {
    private final ConcurrentMap<ResultKey, Run> underWay = new ConcurrentHashMap<>();
    private final ResultStore results;
    private final Demand demand;

    Runs(ResultStore results, Demand demand) {
        this.results = results;
        this.demand = demand;
    }

    /**
     * The turn of an item has come.
     *
     * @param later takes a run whose key another process computes, to be led again after a pause
     * @return the run to compute now; empty when the item was answered or waits for a run
     */
    Optional<Run> claim(Item item, PhaseFunction function, Consumer<Run> later) throws PhaseFailure {
        Optional<PhaseFailure> refusal = demand.refusal(item);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        PhaseInput input = InputReader.read(item.request());
        Run own = new Run(key(item.request(), function), input, item);
        while (true) {
            Run other = underWay.putIfAbsent(own.key(), own);
            if (other == null) {
                return lead(own, later);
            }
            if (other.join(item)) {
                return Optional.empty();
            }
            underWay.remove(own.key(), other);
        }
    }

    /** Takes the result of a run from the store, or the right to compute it. */
    Optional<Run> lead(Run run, Consumer<Run> later) {
        try {
            return leadOrThrow(run, later);
        } catch (RuntimeException | Error defect) {
            fail(run, new PhaseFailure(ErrorCode.INTERNAL, "the item could not be begun: " + defect));
            throw defect;
        }
    }

    private Optional<Run> leadOrThrow(Run run, Consumer<Run> later) {
        Optional<PhaseFailure> unwanted = run.endIfUnwanted(demand::refusal);
        if (unwanted.isPresent()) {
            fail(run, unwanted.get());
            return Optional.empty();
        }
        if (answeredFromStore(run)) {
            return Optional.empty();
        }
        Optional<Lease> lease = results.lease(run.key());
        if (lease.isEmpty()) {
            later.accept(run);
            return Optional.empty();
        }
        run.hold(lease.get());
        // Its last holder may have stored the result between the look and the lease.
        return answeredFromStore(run) ? Optional.empty() : Optional.of(run);
    }

    /** @param result without the fields of a single item: queue time, reused */
    void finish(Run run, ItemResult result) {
        results.put(run.key(), result);
        answer(run, result, false);
    }

    void fail(Run run, PhaseFailure failure) {
        close(run);
        run.end().forEach(item -> item.fail(failure));
    }

    private boolean answeredFromStore(Run run) {
        Optional<ItemResult> stored = results.find(run.key());
        stored.ifPresent(result -> answer(run, result, true));
        return stored.isPresent();
    }

    private void answer(Run run, ItemResult result, boolean stored) {
        close(run);
        Item first = run.first();
        for (Item item : run.end()) {
            item.succeed(result.toBuilder()
                    .setQueueMs((stored ? item.age() : run.waited(item)).toMillis())
                    .setReused(stored || item != first)
                    .build());
        }
    }

    private void close(Run run) {
        run.giveBackLease();
        underWay.remove(run.key(), run);
    }

    static ResultKey key(InferenceItem item, PhaseFunction function) {
        return ResultKey.of(
                item.getTaskId(),
                item.getPhase(),
                function.name(),
                function.version(),
                item.getRound(),
                item.getItem(),
                item.getInputHash().isEmpty() ? item.getInput() : item.getInputHash());
    }
}
