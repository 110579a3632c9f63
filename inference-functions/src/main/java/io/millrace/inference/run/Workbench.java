package io.millrace.inference.run;

import io.millrace.inference.accept.LongRuns;
import io.millrace.inference.function.LongPhase;
import io.millrace.inference.function.PhaseCall;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseOutcome;
import io.millrace.inference.measure.Measures;
import io.millrace.inference.store.OutputCheck;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where items of one function are worked on together, as many at once as the function takes. */
final class Workbench {
    private static final Logger LOG = LoggerFactory.getLogger(Workbench.class);
    /** Pause before a look at a key that another process computes; as long again is added at random. */
    private static final Duration ELSEWHERE = Duration.ofMillis(100);

    private final Turns turns;
    private final Runs runs;
    private final ModelCall model;
    private final Demand demand;
    private final ArtifactStore artifacts;
    private final Measures measures;
    private final LongRuns longRuns;

    Workbench(Turns turns, Demand demand, Surroundings surroundings) {
        this.turns = turns;
        this.demand = demand;
        this.runs = new Runs(surroundings.results(), demand);
        this.model = new ModelCall(surroundings.measures());
        this.artifacts = surroundings.artifacts();
        this.measures = surroundings.measures();
        this.longRuns = surroundings.longRuns();
    }

    /** Every item is answered sooner or later. */
    void put(PhaseFunction function, List<Item> items) {
        int size = Math.max(1, function.batchSize());
        for (int from = 0; from < items.size(); from += size) {
            List<Item> together = items.subList(from, Math.min(items.size(), from + size));
            try {
                turns.submit(function.name(), () -> work(function, together));
            } catch (RejectedExecutionException e) {
                together.forEach(item -> item.fail(ErrorCode.UNAVAILABLE, "this inference process is shutting down"));
            }
        }
    }

    private void work(PhaseFunction function, List<Item> items) {
        if (function instanceof LongPhase phase) {
            items.forEach(item -> accept(phase, item));
            return;
        }
        List<Run> now = new ArrayList<>(items.size());
        for (Item item : items) {
            claim(function, item).ifPresent(now::add);
        }
        compute(function, now);
    }

    private void accept(LongPhase function, Item item) {
        try {
            Optional<PhaseFailure> refusal = demand.refusal(item);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            LongRuns.Order order = new LongRuns.Order(
                    function, item.request(), InputReader.read(item.request()), Runs.key(item.request(), function));
            Optional<ItemResult> stored = longRuns.accept(order);
            stored.ifPresentOrElse(
                    result -> item.succeed(result.toBuilder().setReused(true).build()),
                    () -> item.accept(function.lease()));
        } catch (PhaseFailure failure) {
            item.fail(failure);
        } catch (RuntimeException | Error defect) {
            notBegun(item, defect);
        }
    }

    private Optional<Run> claim(PhaseFunction function, Item item) {
        try {
            return runs.claim(item, function, run -> later(function, run));
        } catch (PhaseFailure failure) {
            item.fail(failure);
        } catch (RuntimeException | Error defect) {
            notBegun(item, defect);
        }
        return Optional.empty();
    }

    private static void notBegun(Item item, Throwable defect) {
        LOG.error(
                "event=item-not-begun task={} phase={}",
                item.request().getTaskId(),
                item.request().getPhase(),
                defect);
        item.fail(ErrorCode.INTERNAL, "the item could not be begun: " + defect);
    }

    private void later(PhaseFunction function, Run run) {
        long pause = ELSEWHERE.toMillis() + ThreadLocalRandom.current().nextLong(ELSEWHERE.toMillis());
        turns.submitAfter(Duration.ofMillis(pause), function.name(), () -> leadAgain(function, run));
    }

    private void leadAgain(PhaseFunction function, Run run) {
        runs.lead(run, again -> later(function, again)).ifPresent(ready -> compute(function, List.of(ready)));
    }

    private void compute(PhaseFunction function, List<Run> together) {
        if (together.isEmpty()) {
            return;
        }
        List<RunContext> contexts = new ArrayList<>(together.size());
        List<PhaseCall> calls = new ArrayList<>(together.size());
        for (Run run : together) {
            run.begin();
            measures.queued(function.name(), run.waited(run.first()));
            RunContext context = new RunContext(run, demand, artifacts);
            contexts.add(context);
            calls.add(new PhaseCall(run.input(), context));
        }
        long began = System.nanoTime();
        List<PhaseOutcome> outcomes = model.outcomes(function, calls);
        Duration share = Duration.ofNanos((System.nanoTime() - began) / together.size());
        for (int i = 0; i < together.size(); i++) {
            finish(function, contexts.get(i), outcomes.get(i), share);
        }
    }

    private void finish(PhaseFunction function, RunContext context, PhaseOutcome outcome, Duration compute) {
        Run run = context.run();
        try {
            if (outcome instanceof PhaseOutcome.Failed failed) {
                tell(run, failed.failure());
                runs.fail(run, failed.failure());
            } else if (outcome instanceof PhaseOutcome.Done done) {
                runs.finish(
                        run,
                        OutputCheck.check(function.name(), done.output(), context.artifacts()).toBuilder()
                                .setComputeMs(compute.toMillis())
                                .build());
            }
        } catch (PhaseFailure failure) {
            runs.fail(run, failure);
        } catch (RuntimeException | Error defect) {
            LOG.error("event=item-not-answered task={}", run.first().request().getTaskId(), defect);
            runs.fail(run, new PhaseFailure(ErrorCode.INTERNAL, "the result could not be answered: " + defect));
        }
    }

    // A failure with a cause is one that the function's author did not foresee: its trace is needed to mend it.
    private static void tell(Run run, PhaseFailure failure) {
        if (failure.getCause() != null) {
            InferenceItem item = run.first().request();
            LOG.warn("event=model-failed task={} phase={}", item.getTaskId(), item.getPhase(), failure.getCause());
        }
    }
}
