package io.millrace.edge;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A WebSocket that writes down what it is told. */
final class TestSocket implements WebSocket.Listener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private volatile int closed;

    TestSocket(URI edge, String path, @Nullable String token) throws Exception {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(PATIENCE);
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        socket = builder.buildAsync(URI.create("ws://" + edge.getAuthority() + path), this)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    void say(String text) throws Exception {
        socket.sendText(text, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** All messages so far of these types. */
    List<JsonNode> told(String... types) {
        return told.stream()
                .filter(message -> List.of(types).contains(message.path("type").asString()))
                .toList();
    }

    List<String> types() {
        return told.stream().map(message -> message.path("type").asString()).toList();
    }

    /** The n-th message of a type, from 1, once it has come. */
    JsonNode await(String type, int number) {
        until(() -> told(type).size() >= number, type);
        return told(type).get(number - 1);
    }

    private static void until(Callable<Boolean> holds, String what) {
        Awaitility.await(what).atMost(PATIENCE).until(holds);
    }

    /** The code it was closed with, once it is. */
    int awaitClose() {
        until(() -> closed != 0, "close");
        return closed;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            told.add(Json.MAPPER.readTree(part.toString()));
            part.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = code;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
