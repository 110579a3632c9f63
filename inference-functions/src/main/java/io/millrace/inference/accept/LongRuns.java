package io.millrace.inference.accept;

import io.millrace.inference.cancel.Cancellations;
import io.millrace.inference.function.LongPhase;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutcome;
import io.millrace.inference.store.Lease;
import io.millrace.inference.store.OutputCheck;
import io.millrace.inference.store.ResultKey;
import io.millrace.inference.store.ResultStore;
import io.millrace.inference.tick.TickSender;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that outlast their call. Each holds a thread and its key; its lease at the orchestrator is renewed by progress commands until it is
 * stopped, a cancellation is seen within {@link #LOOK}, and its end is a command with an id that the same end always has. A run whose process dies
 * is missed when its lease expires, and begins again.
 */
public final class LongRuns implements AutoCloseable {
    /** How often cancellations are looked for. */
    static final Duration LOOK = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(LongRuns.class);

    private final int max;
    private final ArtifactStore artifacts;
    private final ResultStore results;
    private final Cancellations cancellations;
    private final TickSender ticks;
    private final InstantSource clock;
    private final Delivery delivery;
    private final Map<ResultKey, LongRun> underWay = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> daemon(work, "inference-long"));
    private final ScheduledExecutorService keeper =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "inference-long-keeper"));
    private boolean closed;

    /** @param max runs at once, at least 1; more are sent back as busy */
    public LongRuns(int max, Backing backing, CommandSink sink, InstantSource clock) {
        this.max = max;
        this.artifacts = backing.artifacts();
        this.results = backing.results();
        this.cancellations = backing.cancellations();
        this.ticks = backing.ticks();
        this.clock = clock;
        this.delivery = new Delivery(sink, keeper);
    }

    /** What the runs share with those that do not outlast their call. */
    public record Backing(
            ArtifactStore artifacts, ResultStore results, Cancellations cancellations, TickSender ticks) {}

    /** One item to accept. */
    public record Order(LongPhase function, InferenceItem item, PhaseInput input, ResultKey key) {}

    /**
     * Takes an item on; a repeat of one under way joins it.
     *
     * @return the result, if it is already there; empty when the item is accepted
     * @throws PhaseFailure BUSY when all threads are taken, or another process works at the same item
     */
    public synchronized Optional<ItemResult> accept(Order order) throws PhaseFailure {
        LongRun same = underWay.get(order.key());
        if (same != null && same.stopped() == null) {
            same.adopt(order.item());
            return Optional.empty();
        }
        Optional<ItemResult> stored = results.find(order.key());
        if (stored.isPresent()) {
            return stored;
        }
        if (closed || underWay.size() >= max) {
            throw new PhaseFailure(
                    ErrorCode.BUSY,
                    "this inference process runs " + underWay.size() + " long phases, its limit is " + max
                            + ": send the item again later");
        }
        Lease lease = results.lease(order.key())
                .orElseThrow(() -> new PhaseFailure(
                        ErrorCode.BUSY, "a run of this item has not ended yet: send the item again later"));
        LongRun run = new LongRun(order, lease, ticks.gate(order.item()), artifacts);
        underWay.put(order.key(), run);
        workers.execute(() -> compute(run));
        return Optional.empty();
    }

    /** Runs under way. */
    public int size() {
        return underWay.size();
    }

    private void compute(LongRun run) {
        run.begin();
        ScheduledFuture<?> looking =
                keeper.scheduleWithFixedDelay(() -> look(run), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        long third = run.order().function().lease().toMillis() / 3;
        ScheduledFuture<?> renewing =
                keeper.scheduleWithFixedDelay(() -> renew(run), third, third, TimeUnit.MILLISECONDS);
        long began = System.nanoTime();
        PhaseOutcome outcome;
        try {
            outcome = outcome(run);
        } finally {
            looking.cancel(false);
            renewing.cancel(false);
        }
        end(run, outcome, Duration.ofNanos(System.nanoTime() - began));
    }

    // Models run native code and other people's Java: an error of theirs is an outcome, not the end of this thread.
    @SuppressWarnings("CatchThrowable")
    private static PhaseOutcome outcome(LongRun run) {
        Order order = run.order();
        try {
            return PhaseOutcome.of(() -> order.function().compute(order.input(), run));
        } catch (Throwable failure) {
            LOG.error(
                    "event=model-broken task={} phase={}",
                    order.item().getTaskId(),
                    order.item().getPhase(),
                    failure);
            return new PhaseOutcome.Failed(new PhaseFailure(ErrorCode.INTERNAL, failure.toString()));
        }
    }

    private void end(LongRun run, PhaseOutcome outcome, Duration compute) {
        PhaseFailure stopped = run.stopped();
        try {
            if (stopped != null && stopped.code() == ErrorCode.CANCELLED) {
                // Nobody waits: the orchestrator itself said so.
                LOG.info("event=long-run-cancelled task={}", run.newest().getTaskId());
            } else if (stopped != null) {
                delivery.surely(run.fault(stopped, clock.millis()));
            } else if (outcome instanceof PhaseOutcome.Done done) {
                ItemResult result =
                        OutputCheck.check(run.order().function().name(), done.output(), run.artifacts()).toBuilder()
                                .setComputeMs(compute.toMillis())
                                .build();
                results.put(run.order().key(), result);
                delivery.surely(run.finish(result, clock.millis()));
            } else if (outcome instanceof PhaseOutcome.Failed failed) {
                delivery.surely(run.fault(failed.failure(), clock.millis()));
            }
        } catch (PhaseFailure broken) {
            delivery.surely(run.fault(broken, clock.millis()));
        } finally {
            run.close();
            underWay.remove(run.order().key(), run);
        }
    }

    /** A run that was stopped is not held on to: should it not hear, its lease runs out and the task is not kept waiting. */
    private void renew(LongRun run) {
        if (run.stopped() == null) {
            delivery.once(run.report(clock.millis()));
        }
    }

    private void look(LongRun run) {
        InferenceItem newest = run.newest();
        if (cancellations.covers(newest.getTaskId(), newest.getAttempt())) {
            run.stop(LongRun.cancelled(newest.getAttempt()));
        }
    }

    /** Ends what runs: its tasks are told to try again. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        PhaseFailure ending = new PhaseFailure(
                ErrorCode.UNAVAILABLE, "this inference process is shutting down: the phase begins again elsewhere");
        underWay.values().forEach(run -> run.stop(ending));
        workers.shutdown();
        try {
            if (!workers.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("event=long-runs-cut runs={}", underWay.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keeper.shutdownNow();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
