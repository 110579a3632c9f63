package org.example.wordcount;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.example.statefun.FromFunction;
import org.example.statefun.Message;
import org.example.statefun.ToFunction;
import org.example.statefun.TypedValue;

/** {@code POST /functions} on 127.0.0.1: a call holds batches, its answer holds one message back to the caller for each. */
public final class WordCountServer implements AutoCloseable {
    private static final String REQUEST = "millrace/BatchRequest";
    private static final String REPLY = "millrace/BatchReply";
    private static final int MAX_BODY = 64 << 20;

    private final String token;
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * Begins to serve.
     *
     * @param port 0 for any free one
     * @param token bearer token that callers must send; empty: none
     */
    public WordCountServer(int port, String token) throws IOException {
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/functions", this::call);
        server.setExecutor(workers);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Calls that were answered with replies. */
    public int calls() {
        return calls.get();
    }

    private void call(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!allowed(exchange)) {
                send(exchange, 401, "send Authorization: Bearer and the token".getBytes(StandardCharsets.UTF_8));
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
            try {
                byte[] answer = answer(ToFunction.parseFrom(body), System.currentTimeMillis());
                calls.incrementAndGet();
                send(exchange, 200, answer);
            } catch (InvalidProtocolBufferException e) {
                send(exchange, 400, ("no call of StateFun: " + e.getMessage()).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    static byte[] answer(ToFunction call, long nowMillis) throws InvalidProtocolBufferException {
        FromFunction.Result.Builder result = FromFunction.Result.newBuilder();
        for (Message message : call.getInvocation().getInvocationsList()) {
            if (!message.getArgument().getTypename().equals(REQUEST)) {
                throw new InvalidProtocolBufferException("the argument must be " + REQUEST);
            }
            BatchReply reply = WordCount.answer(
                    BatchRequest.parseFrom(message.getArgument().getValue()), nowMillis);
            result.addOutgoingMessages(Message.newBuilder()
                    .setPeer(message.getPeer())
                    .setArgument(TypedValue.newBuilder()
                            .setTypename(REPLY)
                            .setHasValue(true)
                            .setValue(reply.toByteString())));
        }
        return FromFunction.newBuilder().setInvocationResult(result).build().toByteArray();
    }

    private boolean allowed(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return token.isEmpty()
                || MessageDigest.isEqual(
                        ("Bearer " + token).getBytes(StandardCharsets.UTF_8),
                        String.valueOf(given).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
