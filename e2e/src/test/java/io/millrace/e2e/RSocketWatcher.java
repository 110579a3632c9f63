package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.LocalStack;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.core.RSocketConnector;
import io.rsocket.metadata.AuthMetadataCodec;
import io.rsocket.metadata.CompositeMetadataCodec;
import io.rsocket.metadata.TaggingMetadataCodec;
import io.rsocket.metadata.WellKnownMimeType;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.util.DefaultPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import reactor.core.Disposable;

/** Watches one stream over RSocket, as a front end does. */
final class RSocketWatcher implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final RSocket socket;
    private final Disposable stream;

    private RSocketWatcher(RSocket socket, String route, String cursor) {
        this.socket = socket;
        Payload request = DefaultPayload.create(
                Unpooled.copiedBuffer(
                        cursor.isEmpty() ? "{}" : "{\"cursor\":\"" + cursor + "\"}", StandardCharsets.UTF_8),
                route(route));
        this.stream = socket.requestStream(request)
                .doFinally(signal -> ended.countDown())
                .subscribe(this::take, failure -> {});
    }

    static RSocketWatcher open(LocalStack stack, String user, String route, String cursor) {
        return open(stack.setup().ports().rsocket(), stack.token(user, "user"), route, cursor);
    }

    /** @param port of an edge on this machine */
    static RSocketWatcher open(int port, String bearer, String route, String cursor) {
        ByteBuf token = AuthMetadataCodec.encodeBearerMetadata(ByteBufAllocator.DEFAULT, bearer.toCharArray());
        CompositeByteBuf setup = ByteBufAllocator.DEFAULT.compositeBuffer();
        CompositeMetadataCodec.encodeAndAddMetadata(
                setup, ByteBufAllocator.DEFAULT, WellKnownMimeType.MESSAGE_RSOCKET_AUTHENTICATION, token);
        RSocket socket = RSocketConnector.create()
                .metadataMimeType(WellKnownMimeType.MESSAGE_RSOCKET_COMPOSITE_METADATA.getString())
                .dataMimeType(WellKnownMimeType.APPLICATION_JSON.getString())
                .setupPayload(DefaultPayload.create(Unpooled.EMPTY_BUFFER, setup))
                .connect(TcpClientTransport.create("127.0.0.1", port))
                .block(TIMEOUT);
        return new RSocketWatcher(Objects.requireNonNull(socket), route, cursor);
    }

    List<JsonNode> events() {
        return List.copyOf(events);
    }

    JsonNode await(Predicate<JsonNode> wanted, Duration patience) {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> events.stream().anyMatch(wanted));
        return events.stream().filter(wanted).findFirst().orElseThrow();
    }

    void awaitEnd(Duration patience) throws InterruptedException {
        if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the stream did not end; seen: " + events.size() + " events");
        }
    }

    @Override
    public void close() {
        stream.dispose();
        socket.dispose();
    }

    private void take(Payload payload) {
        try {
            events.add(JSON.readTree(payload.getDataUtf8()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            payload.release();
        }
    }

    private static ByteBuf route(String route) {
        CompositeByteBuf metadata = ByteBufAllocator.DEFAULT.compositeBuffer();
        CompositeMetadataCodec.encodeAndAddMetadata(
                metadata,
                ByteBufAllocator.DEFAULT,
                WellKnownMimeType.MESSAGE_RSOCKET_ROUTING,
                TaggingMetadataCodec.createTaggingContent(ByteBufAllocator.DEFAULT, List.of(route)));
        return metadata;
    }
}
