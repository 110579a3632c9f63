package io.millrace.edge.watch;

import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.util.DefaultPayload;
import io.rsocket.util.RSocketProxy;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What {@link StreamHandover} is to event streams, for request-streams: a stream begins when all who decided about it are done. */
final class RSocketHandover extends RSocketProxy {
    RSocketHandover(RSocket next) {
        super(next);
    }

    @Override
    public Flux<Payload> requestStream(Payload payload) {
        return Flux.defer(() -> {
            Handed handed = new Handed();
            return Flux.defer(() -> super.requestStream(payload))
                    .contextWrite(context -> context.put(Handed.class, handed))
                    .concatWith(Flux.defer(handed::stream));
        });
    }

    /** For handlers: leaves the stream to the connection and is empty itself. */
    static <T> Flux<T> later(Flux<byte[]> bodies) {
        return Mono.deferContextual(context ->
                        Mono.<T>fromRunnable(() -> context.get(Handed.class).leave(bodies.map(DefaultPayload::create))))
                .flux();
    }

    private static final class Handed {
        private @Nullable Flux<Payload> bodies;

        void leave(Flux<Payload> stream) {
            bodies = stream;
        }

        Flux<Payload> stream() {
            return bodies == null ? Flux.empty() : bodies;
        }
    }
}
