package io.millrace.edge.cover;

import io.millrace.edge.chore.Chore;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tries failed covers again: at most five times each, at most twenty in one round. */
@Component
final class CoverSweep implements Chore {
    private static final int MAX_ATTEMPTS = 5;
    private static final int MAX_AT_ONCE = 20;
    private static final long REST_SECONDS = 30;

    private final CoverStore store;
    private final Covers covers;

    CoverSweep(CoverStore store, Covers covers) {
        this.store = store;
        this.covers = covers;
    }

    @Override
    public String name() {
        return "cover-sweep";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Mono<Long> round() {
        return store.toRetry(MAX_ATTEMPTS, REST_SECONDS, MAX_AT_ONCE)
                .flatMapIterable(failed -> failed)
                .concatMap(covers::retry)
                .filter(Boolean::booleanValue)
                .count();
    }
}
