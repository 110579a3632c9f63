package io.millrace.edge.chore;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Does the chores: each in rounds of its own, with jitter between them. */
@Component
public final class Chores implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    private final List<Chore> chores;
    private final Leases leases;
    private volatile Disposable running = Disposables.disposed();

    Chores(List<Chore> chores, Leases leases) {
        this.chores = List.copyOf(chores);
        this.leases = leases;
    }

    /** One round if no other edge does it. @return how many things were done; empty when another edge has the lease or the round failed */
    public Mono<Long> round(Chore chore) {
        Duration longest = chore.every().multipliedBy(2);
        // The lease outlives the round, so that two edges are never at it together.
        return leases.take(chore.name(), chore.every().multipliedBy(3))
                .filter(Boolean::booleanValue)
                .flatMap(mine -> chore.round().timeout(longest))
                .doOnNext(done -> {
                    if (done > 0) {
                        LOG.info("event=chore_done chore={} count={}", chore.name(), done);
                    }
                })
                .onErrorResume(failure -> {
                    LOG.warn("event=chore_failed chore={} error={}", chore.name(), failure.toString());
                    return Mono.empty();
                });
    }

    private static Duration pause(Chore chore) {
        long millis = chore.every().toMillis();
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, 3 * millis / 2));
    }

    @Override
    public void start() {
        running = Flux.fromIterable(chores)
                .flatMap(
                        chore -> Mono.defer(() -> Mono.delay(pause(chore)).then(round(chore)))
                                .repeat(),
                        Math.max(1, chores.size()))
                .subscribe();
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
