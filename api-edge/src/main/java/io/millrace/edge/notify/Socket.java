package io.millrace.edge.notify;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.problem.CloseReason;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.problem.ProblemWriter;
import io.millrace.edge.problem.StreamClosed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A WebSocket whose messages are JSON texts. Pings of the protocol go out every {@link #PING}, which browsers answer by themselves; who is
 * not heard of for {@link #SILENCE} is let go. Closes with 1000 when there is nothing more to tell, with the number of a
 * {@link CloseReason}, or with 4000 and the HTTP status of what was wrong with the request, told before as a message {@code refused}.
 */
final class Socket implements WebSocketHandler {
    private static final Duration PING = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofSeconds(75);
    private static final int PROBLEMS = 4000;
    private static final CloseStatus DONE = CloseStatus.NORMAL.withReason("done");

    /** What is told to whom. */
    interface Talk {
        /** @param incoming what the client says; completes when it is gone */
        Flux<byte[]> open(Caller caller, MultiValueMap<String, String> query, Flux<byte[]> incoming);
    }

    private final Talk talk;

    Socket(Talk talk) {
        this.talk = talk;
    }

    @Override
    public Mono<Void> handle(WebSocketSession session) {
        AtomicReference<CloseStatus> end = new AtomicReference<>(DONE);
        AtomicLong heardNanos = new AtomicLong(System.nanoTime());
        // Bytes are taken out at once: the buffer is the transport's again after this call. Who lets go of what comes
        // in
        // must not let go of the connection: the transport would close it without a reason before we can give ours.
        Flux<byte[]> incoming = session.receive()
                .doOnNext(message -> heardNanos.set(System.nanoTime()))
                .filter(message -> message.getType() == WebSocketMessage.Type.TEXT
                        || message.getType() == WebSocketMessage.Type.BINARY)
                .map(message -> bytes(message.getPayload()))
                .publish(1)
                .autoConnect();
        MultiValueMap<String, String> query = query(session.getHandshakeInfo().getUri());
        Flux<WebSocketMessage> told = Caller.current()
                .flatMapMany(caller -> talk.open(caller, query, incoming))
                .map(bytes -> text(session, bytes));
        Flux<WebSocketMessage> out = Flux.merge(
                        1, told.materialize(), pings(session, heardNanos).materialize())
                .<WebSocketMessage>dematerialize()
                .onErrorResume(failure -> last(session, failure, end));
        return session.send(out).then(Mono.defer(() -> session.close(Objects.requireNonNull(end.get()))));
    }

    /** Decoded: a client may encode any character. */
    static MultiValueMap<String, String> query(URI uri) {
        MultiValueMap<String, String> decoded = new LinkedMultiValueMap<>();
        UriComponentsBuilder.fromUri(uri)
                .build()
                .getQueryParams()
                .forEach((name, values) -> values.stream()
                        .filter(Objects::nonNull)
                        .forEach(value -> decoded.add(name, UriUtils.decode(value, StandardCharsets.UTF_8))));
        return decoded;
    }

    private static Flux<WebSocketMessage> pings(WebSocketSession session, AtomicLong heardNanos) {
        return Flux.interval(PING).onBackpressureDrop().map(tick -> {
            if (System.nanoTime() - heardNanos.get() > SILENCE.toNanos()) {
                throw CloseReason.SILENT.failure();
            }
            return session.pingMessage(buffers -> buffers.wrap(new byte[0]));
        });
    }

    private static Flux<WebSocketMessage> last(
            WebSocketSession session, Throwable failure, AtomicReference<CloseStatus> end) {
        if (failure instanceof StreamClosed closed) {
            end.set(new CloseStatus(closed.reason().code(), closed.reason().text()));
            return Flux.just(text(session, Json.bytes(closed.reason().json().put("type", "closed"))));
        }
        Problem problem = ProblemWriter.problemOf(failure);
        end.set(new CloseStatus(
                PROBLEMS + problem.status().value(), problem.errorCode().name().toLowerCase(Locale.ROOT)));
        return Flux.just(
                text(session, Json.bytes(Json.object().put("type", "refused").set("data", problem.json()))));
    }

    private static WebSocketMessage text(WebSocketSession session, byte[] bytes) {
        return new WebSocketMessage(
                WebSocketMessage.Type.TEXT, session.bufferFactory().wrap(bytes));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        return bytes;
    }
}
