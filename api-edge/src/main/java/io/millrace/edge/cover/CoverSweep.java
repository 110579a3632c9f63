package io.millrace.edge.cover;

import io.millrace.edge.database.Leases;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tries failed covers again, about once a minute and on one edge only: at most five times each, at most twenty in one round. */
@Component
final class CoverSweep implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(CoverSweep.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int MAX_ATTEMPTS = 5;
    private static final int MAX_AT_ONCE = 20;
    private static final long REST_SECONDS = 30;

    private final CoverStore store;
    private final Covers covers;
    private final Leases leases;
    private volatile Disposable running = Disposables.disposed();

    CoverSweep(CoverStore store, Covers covers, Leases leases) {
        this.store = store;
        this.covers = covers;
        this.leases = leases;
    }

    /** One round. @return how many covers are being tried again; empty when another edge has the lease or the database is down */
    Mono<Long> sweep() {
        return leases.take("cover-sweep", EVERY.multipliedBy(3))
                .filter(Boolean::booleanValue)
                .flatMapMany(mine -> store.toRetry(MAX_ATTEMPTS, REST_SECONDS, MAX_AT_ONCE))
                .concatMapIterable(failed -> failed)
                .concatMap(covers::retry)
                .filter(Boolean::booleanValue)
                .count()
                .doOnNext(retried -> {
                    if (retried > 0) {
                        LOG.info("event=covers_retried count={}", retried);
                    }
                })
                .onErrorResume(failure -> {
                    LOG.debug("event=cover_sweep_failed error={}", failure.toString());
                    return Mono.empty();
                });
    }

    private static Duration pause() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(EVERY.toMillis() / 2, 3 * EVERY.toMillis() / 2));
    }

    @Override
    public void start() {
        running = Flux.defer(() -> Mono.delay(pause()).then(sweep())).repeat().subscribe();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
