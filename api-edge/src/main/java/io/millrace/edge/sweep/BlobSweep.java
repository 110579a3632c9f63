package io.millrace.edge.sweep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.chore.Chore;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.SweepableStore;
import io.millrace.schemas.artifact.SweepableStore.Blob;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Mark and sweep: a blob goes when its bytes were not stored for a while, and all rounds of that while have found that neither a row nor
 * another blob names it. What tasks under way have made is named nowhere yet: nothing goes that may be younger than the oldest of them.
 */
@Component
public final class BlobSweep implements Chore {
    /** Of more than that a round takes a random part: so much memory is enough. */
    private static final int AT_ONCE = 100_000;

    private final SweepableStore store;
    private final MarkedTables tables;
    private final UnnamedBlobs unnamed;
    private final TasksUnderWay underWay;
    private final SweepSettings settings;
    private final Clock clock;
    private final Counter bytes;

    BlobSweep(
            SweepableStore store,
            MarkedTables tables,
            UnnamedBlobs unnamed,
            TasksUnderWay underWay,
            SweepSettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.store = store;
        this.tables = tables;
        this.unnamed = unnamed;
        this.underWay = underWay;
        this.settings = settings;
        this.clock = clock;
        this.bytes = Counter.builder("millrace.edge.blobs.swept")
                .baseUnit("bytes")
                .description("What deleted blobs had taken.")
                .register(meters);
    }

    @Override
    public String name() {
        return "blob-sweep";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public Mono<Long> round() {
        if (settings.never()) {
            return Mono.just(0L);
        }
        return Mono.zip(horizon(), unnamed.known()).flatMap(start -> round(start.getT1(), start.getT2()));
    }

    private Mono<Long> round(Instant horizon, Map<ArtifactRef, Instant> known) {
        return blocking(() -> old(horizon, known.keySet()))
                .flatMap(old -> tables.each(old::remove).then(blocking(() -> {
                    store.named(old::remove);
                    return old;
                })))
                .flatMap(unnamedNow -> unnamed.note(known, unnamedNow.keySet(), clock.instant())
                        .then(blocking(() -> {
                            unnamedNow.keySet().removeIf(ref -> !isBefore(horizon, known.get(ref)));
                            return delete(unnamedNow.values(), horizon);
                        })));
    }

    private static boolean isBefore(Instant horizon, @Nullable Instant since) {
        return since != null && since.isBefore(horizon);
    }

    /** What was stored or named since is kept. */
    private Mono<Instant> horizon() {
        Instant grace = clock.instant().minus(settings.blobGrace());
        return underWay.oldest()
                .map(oldest -> oldest.map(created -> created.minus(SweepSettings.REUSE))
                        .filter(grace::isAfter)
                        .orElse(grace));
    }

    /** Those known to be unnamed, and a part of the others. */
    private Map<ArtifactRef, Blob> old(Instant horizon, Set<ArtifactRef> known) throws IOException {
        store.deleteRemains(horizon);
        List<Blob> again = new ArrayList<>();
        List<Blob> others = new ArrayList<>();
        int room = Math.max(0, AT_ONCE - known.size());
        int seen = 0;
        try (Stream<Blob> blobs = store.list()) {
            for (Blob blob :
                    (Iterable<Blob>) blobs.filter(blob -> blob.storedAt().isBefore(horizon))::iterator) {
                if (known.contains(blob.ref())) {
                    again.add(blob);
                } else if (others.size() < room) {
                    others.add(blob);
                    seen++;
                } else if (room > 0) {
                    // Reservoir sampling: each of those seen is in the part as likely as any other.
                    int place = ThreadLocalRandom.current().nextInt(++seen);
                    if (place < room) {
                        others.set(place, blob);
                    }
                }
            }
        }
        return Stream.concat(again.stream(), others.stream())
                .collect(Collectors.toConcurrentMap(Blob::ref, blob -> blob, (one, twice) -> one));
    }

    private long delete(Collection<Blob> unnamed, Instant horizon) throws IOException {
        long deleted = 0;
        for (Blob blob : unnamed) {
            if (store.delete(blob.ref(), horizon)) {
                bytes.increment(blob.bytes());
                deleted++;
            }
        }
        return deleted;
    }

    private static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }
}
