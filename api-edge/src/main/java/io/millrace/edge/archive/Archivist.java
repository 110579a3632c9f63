package io.millrace.edge.archive;

import io.millrace.edge.database.Leases;
import java.time.Clock;
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

/** Moves what is old to the archive, about once an hour and on one edge only, a few hundred tasks at a time. */
@Component
final class Archivist implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Archivist.class);
    private static final String LEASE = "archive";
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int AT_ONCE = 200;

    private final Archive archive;
    private final ArchiveSettings settings;
    private final Leases leases;
    private final Clock clock;
    private volatile Disposable running = Disposables.disposed();

    Archivist(Archive archive, ArchiveSettings settings, Leases leases, Clock clock) {
        this.archive = archive;
        this.settings = settings;
        this.leases = leases;
        this.clock = clock;
    }

    /** One round. @return how many were moved; empty when another edge has the lease or the database is down */
    Mono<Integer> round() {
        return leases.take(LEASE, EVERY)
                .filter(Boolean::booleanValue)
                .flatMap(mine -> Mono.defer(() -> archive.move(clock.instant().minus(settings.archiveAfter()), AT_ONCE))
                        .repeat()
                        .takeUntil(moved -> moved < AT_ONCE)
                        .reduce(0, Integer::sum))
                .doOnNext(moved -> {
                    if (moved > 0) {
                        LOG.info("event=tasks_archived count={}", moved);
                    }
                })
                .onErrorResume(failure -> {
                    LOG.debug("event=archive_failed error={}", failure.toString());
                    return Mono.empty();
                });
    }

    private static Duration pause() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(EVERY.toMillis() / 2, 3 * EVERY.toMillis() / 2));
    }

    @Override
    public void start() {
        if (!settings.never()) {
            running =
                    Flux.defer(() -> Mono.delay(pause()).then(round())).repeat().subscribe();
        }
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
