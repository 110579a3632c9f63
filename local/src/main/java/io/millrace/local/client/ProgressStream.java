package io.millrace.local.client;

import io.millrace.local.UserError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.core.RSocketConnector;
import io.rsocket.exceptions.ApplicationErrorException;
import io.rsocket.exceptions.RejectedSetupException;
import io.rsocket.metadata.AuthMetadataCodec;
import io.rsocket.metadata.CompositeMetadataCodec;
import io.rsocket.metadata.TaggingMetadataCodec;
import io.rsocket.metadata.WellKnownMimeType;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.util.ByteBufPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A task's live stream over RSocket. Follows it across lost connections and restarts of the edge, each time from the last
 * cursor, so that nothing is missed and nothing comes twice.
 */
public final class ProgressStream {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    /** A commit follows the end within a checkpoint; later than this it is not waited for. */
    private static final Duration COMMIT = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int MAX_ATTEMPTS = 40;
    private static final int PREFETCH = 64;

    private final String host;
    private final int port;
    private final String token;

    public ProgressStream(String host, int port, String token) {
        this.host = host;
        this.port = port;
        this.token = token;
    }

    /**
     * Calls back with every event until the end of the task is committed; blocks meanwhile.
     *
     * @return the last event
     * @throws UserError when the edge refuses, or cannot be reached any more
     */
    public TaskEvent follow(String taskId, Consumer<TaskEvent> seen) throws InterruptedException {
        Position position = new Position();
        int attempts = 0;
        while (true) {
            try {
                if (once(taskId, position, seen)) {
                    return position.last();
                }
                attempts = 0;
            } catch (RuntimeException thrown) {
                Throwable lost = Exceptions.unwrap(thrown);
                if (lost instanceof TimeoutException && position.last().ended()) {
                    return position.last();
                }
                refuse(lost);
                attempts = position.moved ? 0 : attempts;
            }
            position.moved = false;
            attempts++;
            if (attempts > MAX_ATTEMPTS) {
                throw new UserError("The edge at " + host + ":" + port
                        + " cannot be reached any more; see ./millrace status and ./millrace logs edge.");
            }
            TimeUnit.MILLISECONDS.sleep(pause(attempts));
        }
    }

    private static final class Position {
        private TaskEvent last = new TaskEvent("", "", "", "", "", 0, "", "", false, 0, List.of());
        private String cursor = "";
        private boolean moved;

        TaskEvent last() {
            return last;
        }

        void at(TaskEvent event) {
            if (!event.cursor().isEmpty()) {
                cursor = event.cursor();
            }
            last = event.isLast() && last.ended() ? last : event;
            moved = true;
        }
    }

    /** @return whether the task has ended for good; false when the stream just stopped */
    private boolean once(String taskId, Position position, Consumer<TaskEvent> seen) {
        RSocket socket = connect().block(CONNECT);
        if (socket == null) {
            return false;
        }
        try {
            Flux<TaskEvent> events = socket.requestStream(request(taskId, position.cursor))
                    .map(ProgressStream::read)
                    .timeout(Mono.never(), event -> event.ended() ? Mono.delay(COMMIT) : Mono.never());
            for (TaskEvent event : events.toIterable(PREFETCH)) {
                position.at(event);
                seen.accept(event);
                if (event.isLast()) {
                    return true;
                }
            }
            return position.last().ended();
        } finally {
            socket.dispose();
        }
    }

    private Mono<RSocket> connect() {
        return RSocketConnector.create()
                .setupPayload(Mono.fromSupplier(this::setup))
                .metadataMimeType(WellKnownMimeType.MESSAGE_RSOCKET_COMPOSITE_METADATA.getString())
                .dataMimeType(WellKnownMimeType.APPLICATION_JSON.getString())
                .keepAlive(KEEP_ALIVE, SILENCE)
                .connect(TcpClientTransport.create(host, port));
    }

    private Payload setup() {
        CompositeByteBuf metadata = ByteBufAllocator.DEFAULT.compositeBuffer();
        ByteBuf bearer = AuthMetadataCodec.encodeBearerMetadata(ByteBufAllocator.DEFAULT, token.toCharArray());
        CompositeMetadataCodec.encodeAndAddMetadata(
                metadata, ByteBufAllocator.DEFAULT, WellKnownMimeType.MESSAGE_RSOCKET_AUTHENTICATION, bearer);
        return ByteBufPayload.create(Unpooled.EMPTY_BUFFER, metadata);
    }

    private static Payload request(String taskId, String cursor) {
        String data = cursor.isEmpty() ? "{\"cursor\":null}" : "{\"cursor\":\"" + cursor + "\"}";
        CompositeByteBuf metadata = ByteBufAllocator.DEFAULT.compositeBuffer();
        ByteBuf route = TaggingMetadataCodec.createTaggingContent(
                ByteBufAllocator.DEFAULT, List.of("tasks." + taskId + ".progress"));
        CompositeMetadataCodec.encodeAndAddMetadata(
                metadata, ByteBufAllocator.DEFAULT, WellKnownMimeType.MESSAGE_RSOCKET_ROUTING, route);
        return ByteBufPayload.create(Unpooled.copiedBuffer(data, StandardCharsets.UTF_8), metadata);
    }

    private static TaskEvent read(Payload payload) {
        try {
            return TaskEvent.parse(payload.getDataUtf8());
        } catch (IOException malformed) {
            throw Exceptions.propagate(malformed);
        } finally {
            payload.release();
        }
    }

    /** What the edge says no to for good will not get better by asking again; a slow or starting edge may. */
    private static void refuse(Throwable lost) {
        if (lost instanceof RejectedSetupException) {
            throw new UserError("The edge refused the token: " + lost.getMessage());
        }
        if (lost instanceof ApplicationErrorException) {
            Problems.refusal(String.valueOf(lost.getMessage())).ifPresent(said -> {
                throw new UserError(said);
            });
        }
    }

    private static long pause(int attempt) {
        long whole = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(attempt, 10));
        return whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1);
    }
}
