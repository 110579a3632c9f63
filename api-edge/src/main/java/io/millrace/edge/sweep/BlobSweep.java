package io.millrace.edge.sweep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.chore.Chore;
import io.millrace.edge.database.Database;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.FolderArtifactStore;
import io.millrace.schemas.artifact.FolderArtifactStore.Blob;
import io.millrace.schemas.task.TaskStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Mark and sweep: a blob goes when its bytes were not stored for a while and neither a row nor another blob names it. What tasks under
 * way have made is named nowhere yet: nothing goes that may be younger than the oldest of them.
 */
@Component
public final class BlobSweep implements Chore {
    /** Of more than that a round takes a random part: so much memory is enough. */
    private static final int AT_ONCE = 100_000;
    /** Larger ones are pictures and models. */
    private static final int MAX_DOCUMENT = 8 << 20;

    private static final String DOCUMENT_BEGINS = "{[<";

    private final FolderArtifactStore store;
    private final MarkedTables tables;
    private final Database database;
    private final SweepSettings settings;
    private final Clock clock;
    private final Counter bytes;

    BlobSweep(
            FolderArtifactStore store,
            MarkedTables tables,
            Database database,
            SweepSettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.store = store;
        this.tables = tables;
        this.database = database;
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
        return horizon()
                .flatMap(horizon -> blocking(() -> old(horizon))
                        .flatMap(old -> tables.each(old::remove).then(blocking(() -> {
                            documents(old::remove);
                            return delete(old, horizon);
                        }))));
    }

    /** What was stored since is kept. */
    private Mono<Instant> horizon() {
        Instant grace = clock.instant().minus(settings.blobGrace());
        return database.call(sql -> sql.sql("SELECT MIN(created_at) FROM tasks WHERE status NOT IN (:ended)")
                        .param("ended", TaskStatus.terminalNames())
                        .query(LocalDateTime.class)
                        .optional())
                .map(oldest -> oldest.map(
                                created -> created.toInstant(ZoneOffset.UTC).minus(SweepSettings.REUSE))
                        .filter(grace::isAfter)
                        .orElse(grace));
    }

    private Map<ArtifactRef, Blob> old(Instant horizon) throws IOException {
        store.deleteRemains(horizon);
        List<Blob> part = new ArrayList<>();
        int seen = 0;
        try (Stream<Blob> blobs = store.list()) {
            for (Blob blob :
                    (Iterable<Blob>) blobs.filter(blob -> blob.storedAt().isBefore(horizon))::iterator) {
                seen++;
                if (part.size() < AT_ONCE) {
                    part.add(blob);
                    continue;
                }
                // Reservoir sampling: each of those seen is in the part as likely as any other.
                int place = ThreadLocalRandom.current().nextInt(seen);
                if (place < AT_ONCE) {
                    part.set(place, blob);
                }
            }
        }
        return part.stream().collect(Collectors.toConcurrentMap(Blob::ref, blob -> blob, (one, again) -> again));
    }

    /** What blobs name: large results lie in the store themselves. Of two that go together the one named goes a round later. */
    private void documents(Consumer<ArtifactRef> named) throws IOException {
        try (Stream<Blob> blobs = store.list()) {
            for (Blob blob : (Iterable<Blob>) blobs.filter(blob -> blob.bytes() <= MAX_DOCUMENT)::iterator) {
                document(blob.ref()).ifPresent(text -> Hashes.in(text, named));
            }
        }
    }

    private Optional<String> document(ArtifactRef ref) throws IOException {
        Optional<InputStream> open = store.open(ref);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = open.get()) {
            int first = in.read();
            return first < 0 || DOCUMENT_BEGINS.indexOf(first) < 0
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }

    private long delete(Map<ArtifactRef, Blob> unnamed, Instant horizon) throws IOException {
        long deleted = 0;
        for (Blob blob : unnamed.values()) {
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
