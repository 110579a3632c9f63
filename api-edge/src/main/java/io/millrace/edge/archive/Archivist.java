package io.millrace.edge.archive;

import io.millrace.edge.chore.Chore;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Moves what is old to the archive, a few hundred tasks at a time. */
@Component
final class Archivist implements Chore {
    private static final int AT_ONCE = 200;

    private final Archive archive;
    private final ArchiveSettings settings;
    private final Clock clock;

    Archivist(Archive archive, ArchiveSettings settings, Clock clock) {
        this.archive = archive;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public Mono<Long> round() {
        if (settings.never()) {
            return Mono.just(0L);
        }
        return Mono.defer(() -> archive.move(clock.instant().minus(settings.archiveAfter()), AT_ONCE))
                .repeat()
                .takeUntil(moved -> moved < AT_ONCE)
                .reduce(0L, Long::sum);
    }
}
