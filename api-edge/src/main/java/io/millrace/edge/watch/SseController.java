package io.millrace.edge.watch;

import io.millrace.edge.access.Caller;
import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.problem.StreamClosed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Live streams as server-sent events. The id of an event is its cursor; heartbeats are comments. */
@RestController
@RequestMapping("/api/v1")
final class SseController {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Streams streams;
    private final CampaignStreams campaigns;
    private final EventEncoder encoder;

    SseController(Streams streams, CampaignStreams campaigns, EventEncoder encoder) {
        this.streams = streams;
        this.campaigns = campaigns;
        this.encoder = encoder;
    }

    /** One task; a query parameter {@code cursor} stands in for the header where a client cannot set it. */
    @GetMapping("/tasks/{id}/stream")
    Mono<Void> task(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(required = false) @Nullable String cursor,
            ServerWebExchange exchange) {
        return Caller.current()
                .flatMap(caller -> streams.ofTask(caller, id, lastEventId == null ? cursor : lastEventId))
                .flatMap(stream -> answer(exchange.getResponse(), stream));
    }

    /** One campaign. */
    @GetMapping("/campaigns/{id}/stream")
    Mono<Void> campaign(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(required = false) @Nullable String cursor,
            ServerWebExchange exchange) {
        return Caller.current()
                .flatMap(caller -> campaigns.of(caller, id, lastEventId == null ? cursor : lastEventId))
                .flatMap(stream -> answer(exchange.getResponse(), stream));
    }

    /** All tasks of the caller. */
    @GetMapping("/stream")
    Mono<Void> mine(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(required = false) @Nullable String cursor,
            ServerWebExchange exchange) {
        return Caller.current()
                .flatMap(caller -> write(
                        exchange.getResponse(), streams.ofUser(caller, lastEventId == null ? cursor : lastEventId)));
    }

    private Mono<Void> answer(ServerHttpResponse response, Streams.Stream stream) {
        if (stream.over()) {
            response.setStatusCode(HttpStatus.NO_CONTENT);
            return response.setComplete();
        }
        return write(response, stream.events());
    }

    private Mono<Void> write(ServerHttpResponse response, Flux<LiveEvent> events) {
        response.getHeaders().setContentType(new MediaType("text", "event-stream", StandardCharsets.UTF_8));
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().set("X-Accel-Buffering", "no");
        Flux<byte[]> frames =
                events.map(this::frame).onErrorResume(StreamClosed.class, closed -> Mono.just(closing(closed)));
        // The first beat sends the headers, also when nothing was missed and nothing happens for a while.
        return response.writeAndFlushWith(Heartbeats.between(frames, BEAT, HEARTBEAT)
                .map(bytes -> Mono.<DataBuffer>fromSupplier(
                        () -> response.bufferFactory().wrap(bytes))));
    }

    /** Without an id: the cursor stays that of the last event. */
    private static byte[] closing(StreamClosed closed) {
        return ("event:closed\ndata:" + closed.reason().json() + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private byte[] frame(LiveEvent event) {
        byte[] body = event.body(encoder::encode);
        ByteArrayOutputStream frame = new ByteArrayOutputStream(body.length + 96);
        frame.writeBytes(("id:" + event.place().text() + "\nevent:" + event.name() + "\ndata:")
                .getBytes(StandardCharsets.US_ASCII));
        frame.writeBytes(body);
        frame.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return frame.toByteArray();
    }
}
