package io.millrace.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One socket of {@code /ws/notifications}, as the front end of document 001 opens it: it asks for nothing else. */
final class SocketWatcher implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    private SocketWatcher(String edge, String token, String since)
            throws InterruptedException, ExecutionException, TimeoutException {
        String query = since.isEmpty() ? "" : "?since=" + since;
        socket = http.newWebSocketBuilder()
                .connectTimeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(edge.replaceFirst("^http", "ws") + "/ws/notifications" + query), this)
                .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Opens a socket and waits until it is answered: what happens from now on is told.
     *
     * @param since id of the last message seen, empty for none
     */
    static SocketWatcher open(String edge, String token, String since) throws Exception {
        SocketWatcher watcher = new SocketWatcher(edge, token, since);
        watcher.say("{\"type\":\"ping\"}");
        Awaitility.await("pong")
                .atMost(TIMEOUT)
                .until(() -> watcher.told.stream()
                        .anyMatch(message -> message.path("type").asText().equals("pong")));
        return watcher;
    }

    void say(String text) throws InterruptedException, ExecutionException, TimeoutException {
        socket.sendText(text, true).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    /** What was told about a task so far, in its order. */
    List<JsonNode> about(String task) {
        return told.stream()
                .filter(message -> message.path("task_id").asText().equals(task))
                .toList();
    }

    /** The first message about a task that is wanted, once it has come. */
    JsonNode await(String task, Predicate<JsonNode> wanted, Duration patience) {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> about(task).stream().anyMatch(wanted));
        return about(task).stream().filter(wanted).findFirst().orElseThrow();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            try {
                told.add(JSON.readTree(part.toString()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
            part.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable cut) {
        // The line was cut: what has been told so far is what the client has seen.
    }

    @Override
    public void close() {
        socket.abort();
    }
}
