package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One tab, by the Chrome DevTools Protocol: commands are JSON with an id, answers carry it, everything else is an event. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 300;

    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final StringBuilder part = new StringBuilder();
    private volatile WebSocket socket;

    private DevTools(String address) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), this)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** @param target what the browser says of a tab, with its address */
    static DevTools to(String target) throws IOException {
        DevTools tools =
                new DevTools(JSON.readTree(target).path("webSocketDebuggerUrl").asText());
        for (String domain : List.of("Page", "Runtime", "Log", "DOM", "Network")) {
            tools.send(domain + ".enable", Map.of());
        }
        return tools;
    }

    /** Errors and warnings that the page, or the browser about it, has written. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    void forgetComplaints() {
        complaints.clear();
    }

    /** Requests that the tab has made, WebSockets included. */
    int requests() {
        return requests.get();
    }

    JsonNode send(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", JSON.valueToTree(parameters));
        try {
            socket.sendText(command.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            JsonNode message = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message.has("error")) {
                throw new IllegalStateException(method + ": " + message.path("error"));
            }
            return message.path("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            asked.remove(id);
        }
    }

    /** The value of an expression; of a promise what it comes to. Fails with what the page threw. */
    JsonNode evaluate(String expression) {
        JsonNode answer = send(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(
                    answer.at("/exceptionDetails/exception/description").asText() + " in " + expression);
        }
        return answer.at("/result/value");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            String text = part.toString();
            part.setLength(0);
            try {
                take(JSON.readTree(text));
            } catch (IOException e) {
                complaints.add("the browser sent no JSON: " + e.getMessage());
            }
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void take(JsonNode message) {
        CompletableFuture<JsonNode> waiting = asked.get(message.path("id").asInt());
        if (waiting != null) {
            waiting.complete(message);
            return;
        }
        JsonNode params = message.path("params");
        switch (message.path("method").asText()) {
            case "Network.requestWillBeSent", "Network.webSocketCreated" -> requests.incrementAndGet();
            case "Runtime.exceptionThrown" ->
                complaints.add(
                        params.at("/exceptionDetails/exception/description").asText());
            case "Runtime.consoleAPICalled" ->
                complain(params.path("type").asText(), params.path("args").toString());
            case "Log.entryAdded" ->
                complain(
                        params.at("/entry/level").asText(),
                        params.at("/entry/text").asText() + " "
                                + params.at("/entry/url").asText());
            default -> {}
        }
    }

    private void complain(String level, String text) {
        if (level.equals("error") || level.equals("warning")) {
            complaints.add(level + ": " + text);
        }
    }

    @Override
    public void close() {
        send("Page.close", Map.of());
        socket.abort();
    }
}
