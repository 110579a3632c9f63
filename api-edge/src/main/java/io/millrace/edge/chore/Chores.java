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

    /** After a start, even of what is done rarely: an edge that is restarted often does it too. */
    private static final Duration SOON = Duration.ofMinutes(10);

    private final List<Chore> chores;
    private final Leases leases;
    private volatile Disposable running = Disposables.disposed();

    Chores(List<Chore> chores, Leases leases) {
        this.chores = List.copyOf(chores);
        this.leases = leases;
    }

    /** One round if no other edge does it. @return how many things were done; empty when another edge has the lease or the round failed */
    public Mono<Long> round(Chore chore) {
        return leases.take(chore.name(), chore.every())
                .filter(Boolean::booleanValue)
                // No longer than the lease, so that two edges are never at it together.
                .flatMap(mine -> chore.round().timeout(chore.every()))
                // Kept for a while, so that the rounds of several edges do not add up.
                .delayUntil(done -> leases.take(chore.name(), chore.every().dividedBy(2)))
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

    private Mono<Void> forEver(Chore chore) {
        Duration first = chore.every().compareTo(SOON) < 0 ? chore.every() : SOON;
        return after(first, chore)
                .thenMany(Mono.defer(() -> after(chore.every(), chore)).repeat())
                .then();
    }

    private Mono<Long> after(Duration pause, Chore chore) {
        return Mono.delay(jittered(pause)).then(Mono.defer(() -> round(chore)));
    }

    /** Half to one and a half of the pause. */
    private static Duration jittered(Duration pause) {
        long millis = pause.toMillis();
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, 3 * millis / 2));
    }

    @Override
    public void start() {
        running = Flux.fromIterable(chores)
                .flatMap(this::forEver, Math.max(1, chores.size()))
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
