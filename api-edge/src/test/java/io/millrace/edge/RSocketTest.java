package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.watch.Hub;
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
import io.rsocket.transport.netty.client.WebsocketClientTransport;
import io.rsocket.util.ByteBufPayload;
import io.rsocket.util.DefaultPayload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;

/** The RSocket side, on both transports. */
class RSocketTest {
    private static final String USER = "alice";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static Borders.Log log;

    @BeforeAll
    static void start() {
        edge = new RunningEdge(artifacts);
        log = edge.bean(Borders.Log.class);
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void submitThenFollowThenComeBackWithTheCursor() {
        RSocket socket = tcp(Tokens.of(USER, "user"));
        String id = call(socket, "tasks.submit", "{\"prompt\":\"p\",\"idempotency_key\":\"k\"}")
                .at("/data/id")
                .asString();
        assertThat(call(socket, "tasks." + id + ".status", "")
                        .at("/data/status")
                        .asString())
                .isEqualTo("pending");
        List<JsonNode> seen = new CopyOnWriteArrayList<>();
        Disposable first = socket.requestStream(payload("tasks." + id + ".progress", ""))
                .map(RSocketTest::json)
                .subscribe(seen::add);
        await().atMost(Duration.ofMinutes(2)).until(() -> seen.size() == 1);
        log.write(log.records.step(id, USER, 1, 1, "queued", "init"));
        await().atMost(Duration.ofMinutes(2)).until(() -> seen.size() == 2);
        first.dispose();
        log.write(log.records.step(id, USER, 1, 2, "processing", "p2"));
        log.write(log.records.step(id, USER, 1, 3, "completed", "completed"));
        edge.bean(Hub.class).committed(id, 3);

        String cursor = "{\"cursor\":\"" + seen.get(1).path("cursor").asString() + "\"}";
        RSocket other = websocket(Tokens.of(USER, "user"));
        List<JsonNode> rest = Objects.requireNonNull(other.requestStream(payload("tasks." + id + ".progress", cursor))
                .map(RSocketTest::json)
                .collectList()
                .block(PATIENCE));

        assertThat(seen).extracting(event -> event.path("event").asString()).containsExactly("snapshot", "progress");
        assertThat(rest)
                .extracting(event -> event.path("event").asString())
                .containsExactly("progress", "complete", "done");
        assertThat(rest.get(1).at("/result/poster_id").asString()).isEqualTo("poster_1");
        socket.dispose();
        other.dispose();
    }

    @Test
    void problemsComeAsTheErrorsMessage() {
        RSocket socket = tcp(Tokens.of(USER, "user"));

        assertThatThrownBy(() -> call(socket, "tasks.submit", "{\"promt\":\"p\"}"))
                .hasMessageContaining("\"field\":\"promt\"");
        String id = call(socket, "tasks.submit", "{\"prompt\":\"p\"}")
                .at("/data/id")
                .asString();
        RSocket stranger = tcp(Tokens.of("bob", "user"));
        assertThatThrownBy(() -> call(stranger, "tasks." + id + ".status", "")).hasMessageContaining("\"code\":403");
        socket.dispose();
        stranger.dispose();
    }

    @Test
    void badTokenGetsNothing() {
        RSocket socket = tcp(Tokens.of(USER, "user") + "x");

        assertThatThrownBy(() -> call(socket, "tasks.submit", "{\"prompt\":\"p\"}"))
                .isNotNull();
        socket.dispose();
    }

    private static RSocket tcp(String token) {
        return connected(edge, token);
    }

    static RSocket connected(RunningEdge edge, String token) {
        return Objects.requireNonNull(connector(token)
                .connect(TcpClientTransport.create("127.0.0.1", edge.rsocketPort()))
                .block(PATIENCE));
    }

    private static RSocket websocket(String token) {
        URI http = edge.request("/rsocket").build().uri();
        return Objects.requireNonNull(connector(token)
                .connect(WebsocketClientTransport.create(URI.create("ws://127.0.0.1:" + http.getPort() + "/rsocket")))
                .block(PATIENCE));
    }

    static RSocketConnector connector(String token) {
        CompositeByteBuf metadata = ByteBufAllocator.DEFAULT.compositeBuffer();
        CompositeMetadataCodec.encodeAndAddMetadata(
                metadata,
                ByteBufAllocator.DEFAULT,
                WellKnownMimeType.MESSAGE_RSOCKET_AUTHENTICATION,
                AuthMetadataCodec.encodeBearerMetadata(ByteBufAllocator.DEFAULT, token.toCharArray()));
        Payload setup = DefaultPayload.create(Unpooled.EMPTY_BUFFER, metadata);
        return RSocketConnector.create()
                .setupPayload(setup)
                .metadataMimeType(WellKnownMimeType.MESSAGE_RSOCKET_COMPOSITE_METADATA.getString())
                .dataMimeType("application/json");
    }

    static JsonNode call(RSocket socket, String route, String data) {
        return json(Objects.requireNonNull(
                socket.requestResponse(payload(route, data)).block(PATIENCE)));
    }

    /** What the edge says against it; empty when it answers. */
    static String refusal(RSocket socket, String route, String data) {
        try {
            call(socket, route, data);
            return "";
        } catch (RuntimeException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    static Payload payload(String route, String data) {
        CompositeByteBuf metadata = ByteBufAllocator.DEFAULT.compositeBuffer();
        CompositeMetadataCodec.encodeAndAddMetadata(
                metadata,
                ByteBufAllocator.DEFAULT,
                WellKnownMimeType.MESSAGE_RSOCKET_ROUTING,
                TaggingMetadataCodec.createTaggingContent(ByteBufAllocator.DEFAULT, List.of(route)));
        return ByteBufPayload.create(Unpooled.copiedBuffer(data, StandardCharsets.UTF_8), metadata);
    }

    private static JsonNode json(Payload payload) {
        JsonNode json = Json.MAPPER.readTree(payload.getDataUtf8());
        payload.release();
        return json;
    }
}
