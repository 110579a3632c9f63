package io.millrace.edge.watch;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;

/**
 * Begins an endless answer only when everything that decided about it has returned: filters, security and the handler are done with a
 * stream once it may begin, and would otherwise be kept, twenty kilobytes of them, until its reader leaves.
 */
final class StreamHandover implements HttpHandler {
    private final HttpHandler next;

    StreamHandover(HttpHandler next) {
        this.next = next;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        Response handed = new Response(response);
        // Deferred, so that what the filters assembled goes as well once they have run.
        return Mono.defer(() -> next.handle(request, handed)).then(Mono.defer(handed::stream));
    }

    /** Keeps what is flushed piece by piece for later; all other answers are written at once. */
    private static final class Response extends ServerHttpResponseDecorator {
        private Mono<Void> stream = Mono.empty();
        private boolean streams;

        Response(ServerHttpResponse response) {
            super(response);
        }

        Mono<Void> stream() {
            return stream;
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return Mono.fromRunnable(() -> {
                stream = getDelegate().writeAndFlushWith(body);
                streams = true;
            });
        }

        @Override
        public boolean isCommitted() {
            return streams || super.isCommitted();
        }

        @Override
        public Mono<Void> setComplete() {
            return streams ? Mono.empty() : super.setComplete();
        }
    }
}
