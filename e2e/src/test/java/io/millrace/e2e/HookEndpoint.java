package io.millrace.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An endpoint of webhooks that keeps the id and signature of every message and answers 204, or what it is told to. */
final class HookEndpoint implements AutoCloseable {
    private static final int NO_CONTENT = 204;

    private final HttpServer server;
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private volatile int status = NO_CONTENT;

    HookEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Ids of the messages in the order they came, repeats too. */
    List<String> ids() {
        return List.copyOf(ids);
    }

    List<String> signatures() {
        return List.copyOf(signatures);
    }

    /** What messages are answered with from now on. */
    void answer(int wanted) {
        status = wanted;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            ids.add(String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")));
            signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("webhook-signature")));
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
