package io.millrace.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.core.RSocketConnector;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.metadata.AuthMetadataCodec;
import io.rsocket.metadata.CompositeMetadataCodec;
import io.rsocket.metadata.TaggingMetadataCodec;
import io.rsocket.metadata.WellKnownMimeType;
import io.rsocket.transport.ClientTransport;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.transport.netty.client.WebsocketClientTransport;
import io.rsocket.util.DefaultPayload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

/** Opens subscriptions, each on a connection of its own, all read by one thread. */
final class HubClients {
    private static final LoopResources LOOP = LoopResources.create("subscribers", 1, true);

    private final HttpClient http;
    private final TcpClient tcp;
    private final Queue<Disposable> open = new ConcurrentLinkedQueue<>();

    HubClients(HubProcess hub) {
        this.http = HttpClient.create(ConnectionProvider.newConnection())
                .runOn(LOOP)
                .host("127.0.0.1")
                .port(hub.httpPort());
        this.tcp = TcpClient.create(ConnectionProvider.newConnection())
                .runOn(LOOP)
                .host("127.0.0.1")
                .port(hub.rsocketPort());
    }

    /** How a subscription is carried. */
    enum Transport {
        /** One task by RSocket over TCP. */
        RSOCKET,
        /** One task by RSocket over WebSocket. */
        RSOCKET_WEBSOCKET,
        /** One task by server-sent events. */
        SSE,
        /** All tasks of a user by the WebSocket of notifications, ends acknowledged. */
        WEBSOCKET
    }

    /** Who subscribes to what. */
    record Wish(String token, String taskId) {}

    /** Opens a subscription; completes when its first event has been asked for, and goes on by itself. */
    Mono<Void> open(Transport transport, Wish wish, Reception.Subscriber subscriber) {
        return switch (transport) {
            case RSOCKET -> rsocket(() -> TcpClientTransport.create(tcp), wish, subscriber);
            case RSOCKET_WEBSOCKET ->
                rsocket(() -> WebsocketClientTransport.create(http, "/rsocket"), wish, subscriber);
            case SSE -> sse(wish, subscriber);
            case WEBSOCKET -> webSocket(wish, subscriber);
        };
    }

    /** Ends all subscriptions and their connections. */
    void close() {
        for (Disposable one = open.poll(); one != null; one = open.poll()) {
            one.dispose();
        }
    }

    private Mono<Void> rsocket(Supplier<ClientTransport> transport, Wish wish, Reception.Subscriber subscriber) {
        CompositeByteBuf setup = ByteBufAllocator.DEFAULT.compositeBuffer();
        CompositeMetadataCodec.encodeAndAddMetadata(
                setup,
                ByteBufAllocator.DEFAULT,
                WellKnownMimeType.MESSAGE_RSOCKET_AUTHENTICATION,
                AuthMetadataCodec.encodeBearerMetadata(
                        ByteBufAllocator.DEFAULT, wish.token().toCharArray()));
        return RSocketConnector.create()
                .payloadDecoder(PayloadDecoder.ZERO_COPY)
                .metadataMimeType(WellKnownMimeType.MESSAGE_RSOCKET_COMPOSITE_METADATA.getString())
                .dataMimeType(WellKnownMimeType.APPLICATION_JSON.getString())
                .setupPayload(DefaultPayload.create(Unpooled.EMPTY_BUFFER, setup))
                .connect(transport.get())
                .doOnNext(socket -> watch(socket, wish, subscriber))
                .then();
    }

    private void watch(RSocket socket, Wish wish, Reception.Subscriber subscriber) {
        CompositeByteBuf route = ByteBufAllocator.DEFAULT.compositeBuffer();
        CompositeMetadataCodec.encodeAndAddMetadata(
                route,
                ByteBufAllocator.DEFAULT,
                WellKnownMimeType.MESSAGE_RSOCKET_ROUTING,
                TaggingMetadataCodec.createTaggingContent(
                        ByteBufAllocator.DEFAULT, List.of("tasks." + wish.taskId() + ".progress")));
        Payload request = DefaultPayload.create(Unpooled.copiedBuffer("{}", StandardCharsets.UTF_8), route);
        Disposable stream = socket.requestStream(request)
                .subscribe(
                        payload -> {
                            subscriber.take(bytes(payload.sliceData()));
                            payload.release();
                        },
                        subscriber::broke);
        open.add(stream);
        open.add(socket);
    }

    private Mono<Void> sse(Wish wish, Reception.Subscriber subscriber) {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        return Mono.create(opened -> open.add(http.headers(headers ->
                        headers.set("Authorization", "Bearer " + wish.token()).set("Accept", "text/event-stream"))
                .get()
                .uri("/api/v1/tasks/" + wish.taskId() + "/stream")
                .response((response, body) -> {
                    opened.success();
                    return response.status().code() == 200
                            ? body.asByteArray()
                            : Mono.error(new IllegalStateException("answered " + response.status()));
                })
                .subscribe(bytes -> frames(part, bytes, subscriber), failure -> {
                    subscriber.broke(failure);
                    opened.error(failure);
                })));
    }

    /** A frame ends with an empty line; chunks of the transport end anywhere. */
    private static void frames(ByteArrayOutputStream part, byte[] bytes, Reception.Subscriber subscriber) {
        for (int i = 0, from = 0; i < bytes.length; i++) {
            boolean ends = bytes[i] == '\n' && (i > 0 ? bytes[i - 1] == '\n' : endsLine(part));
            if (ends || i == bytes.length - 1) {
                part.write(bytes, from, i + 1 - from);
                from = i + 1;
            }
            if (ends) {
                byte[] frame = part.toByteArray();
                part.reset();
                if (frame[0] != ':') {
                    subscriber.take(frame);
                }
            }
        }
    }

    private static boolean endsLine(ByteArrayOutputStream part) {
        byte[] bytes = part.toByteArray();
        return bytes.length > 0 && bytes[bytes.length - 1] == '\n';
    }

    private Mono<Void> webSocket(Wish wish, Reception.Subscriber subscriber) {
        AtomicReference<Channel> channel = new AtomicReference<>();
        return Mono.create(opened ->
                open.add(http.headers(headers -> headers.set("Authorization", "Bearer " + wish.token()))
                        .websocket()
                        .uri("/ws/notifications")
                        .handle((in, out) -> {
                            in.withConnection(connection -> channel.set(connection.channel()));
                            opened.success();
                            return in.aggregateFrames().receive().asByteArray();
                        })
                        .subscribe(
                                message -> {
                                    Channel to = channel.get();
                                    if (subscriber.take(message) && to != null) {
                                        acknowledge(to, message);
                                    }
                                },
                                failure -> {
                                    subscriber.broke(failure);
                                    opened.error(failure);
                                })));
    }

    private static void acknowledge(Channel channel, byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        int from = text.indexOf("\"id\":\"") + 6;
        String id = text.substring(from, text.indexOf('"', from));
        channel.writeAndFlush(new TextWebSocketFrame("{\"type\":\"ack\",\"message_id\":\"" + id + "\"}"));
    }

    private static byte[] bytes(ByteBuf data) {
        byte[] bytes = new byte[data.readableBytes()];
        data.readBytes(bytes);
        return bytes;
    }
}
