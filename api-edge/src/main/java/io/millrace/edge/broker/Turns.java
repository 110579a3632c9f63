package io.millrace.edge.broker;

import io.millrace.edge.problem.Problem;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Does one thing at a time. The wait for one's turn has an end, wherever it is spent; what has begun is left to itself. */
final class Turns implements AutoCloseable {
    private final Duration patience;
    private final Supplier<Problem> busy;
    private final Scheduler worker;

    /** @param waiting how many may wait; one more is refused at once */
    Turns(String name, Duration patience, int waiting, Supplier<Problem> busy) {
        this.patience = patience;
        this.busy = busy;
        this.worker = Schedulers.newBoundedElastic(1, waiting, name, 60, true);
    }

    /** Fails with {@code busy} when the work was not begun in time; then it never is. */
    Mono<Void> take(Runnable work) {
        return Mono.defer(() -> {
                    AtomicBoolean decided = new AtomicBoolean();
                    Mono<Long> late = Mono.delay(patience)
                            .flatMap(tick -> decided.compareAndSet(false, true) ? Mono.just(tick) : Mono.never());
                    return Mono.<Void>fromRunnable(() -> {
                                if (decided.compareAndSet(false, true)) {
                                    work.run();
                                }
                            })
                            .subscribeOn(worker)
                            .timeout(late);
                })
                .onErrorMap(TimeoutException.class, failure -> busy.get())
                .onErrorMap(RejectedExecutionException.class, failure -> busy.get());
    }

    @Override
    public void close() {
        worker.dispose();
    }
}
