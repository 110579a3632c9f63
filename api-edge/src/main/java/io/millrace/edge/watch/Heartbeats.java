package io.millrace.edge.watch;

import java.time.Duration;
import reactor.core.publisher.Flux;

/** Adds a sign of life to a stream of frames. */
final class Heartbeats {
    private Heartbeats() {}

    /**
     * The frames, with a beat at the beginning and one in each interval. The first comes when the frames have been subscribed to:
     * who sees it misses nothing that happens from then on. A client that takes nothing is sent no beats either, and demand reaches the
     * frames one by one, so that back-pressure ends in the mailbox and not in a queue of its own.
     */
    static Flux<byte[]> between(Flux<byte[]> frames, byte[] beat, Duration interval) {
        return Flux.defer(() -> {
            Flux<byte[]> beats = Flux.interval(interval, interval)
                    .onBackpressureDrop()
                    .map(tick -> beat)
                    .startWith(beat);
            // The merge ends with the frames: the beats would go on for ever.
            return Flux.merge(1, frames.materialize(), beats.materialize()).<byte[]>dematerialize();
        });
    }
}
