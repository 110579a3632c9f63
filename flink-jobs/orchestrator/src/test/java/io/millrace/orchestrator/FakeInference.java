package io.millrace.orchestrator;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.orchestrator.remote.RemoteWire;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.ToFunction;
import org.jspecify.annotations.Nullable;

/** An inference endpoint over real HTTP that speaks StateFun's protocol and computes at once; it can be made to misbehave. */
public final class FakeInference implements AutoCloseable {
    public static final String TOKEN = "token-of-the-test";

    /** What the endpoint does instead of answering. */
    public interface Answer {
        void to(HttpExchange exchange, byte[] body) throws IOException;
    }

    private final Map<String, AtomicInteger> computed = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger healthChecks = new AtomicInteger();
    private volatile @Nullable Answer instead;
    private volatile boolean healthy = true;
    private @Nullable HttpServer server;
    private int port;

    public FakeInference() {
        start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port + "/functions");
    }

    /** Answers like this until told otherwise; null: computes. */
    public void answer(@Nullable Answer answer) {
        instead = answer;
    }

    /** Does not even answer about its health. */
    public void hang() {
        healthy = false;
        instead = (exchange, body) -> {};
    }

    public int healthChecks() {
        return healthChecks.get();
    }

    /** Items computed for one task and phase. */
    public int computed(String taskId, String phase) {
        AtomicInteger count = computed.get(taskId + "/" + phase);
        return count == null ? 0 : count.get();
    }

    /** Listens, again on the port it had before. */
    public void start() {
        try {
            HttpServer starting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            starting.setExecutor(threads);
            starting.createContext("/functions", this::onCall);
            starting.createContext("/health", this::onHealth);
            starting.start();
            port = starting.getAddress().getPort();
            server = starting;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on connections are refused. */
    public void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }

    public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The answer to a call, computed. */
    public byte[] compute(byte[] body) {
        try {
            ToFunction call = ToFunction.parseFrom(body);
            FromFunction.InvocationResponse.Builder response = FromFunction.InvocationResponse.newBuilder();
            for (ToFunction.Invocation invocation : call.getInvocation().getInvocationsList()) {
                BatchRequest request =
                        BatchRequest.parseFrom(invocation.getArgument().getValue());
                response.addOutgoingMessages(FromFunction.Invocation.newBuilder()
                        .setTarget(invocation.getCaller())
                        .setArgument(RemoteWire.value(RemoteWire.BATCH_REPLY, reply(request))));
            }
            return FromFunction.newBuilder()
                    .setInvocationResult(response)
                    .build()
                    .toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BatchReply reply(BatchRequest request) {
        BatchReply.Builder reply =
                BatchReply.newBuilder().setBatchId(request.getBatchId()).setSlot(request.getSlot());
        for (InferenceItem item : request.getItemsList()) {
            computed.computeIfAbsent(item.getTaskId() + "/" + item.getPhase(), key -> new AtomicInteger())
                    .incrementAndGet();
            ItemResult.Builder result = ItemResult.newBuilder()
                    .setOutput(ByteString.copyFromUtf8("{\"phase\":\"" + item.getPhase() + "\"}"))
                    .setComputeMs(1);
            // The first look finds fault, so that every task goes back once.
            result.putFacts("passed", item.getRound() > 0 ? "true" : "false");
            result.putFacts("back_to", "generating_background");
            reply.addItems(ItemReply.newBuilder()
                    .setTaskId(item.getTaskId())
                    .setPhase(item.getPhase())
                    .setAttempt(item.getAttempt())
                    .setRound(item.getRound())
                    .setTries(item.getTries())
                    .setItem(item.getItem())
                    .setResult(result));
        }
        return reply.build();
    }

    private void onCall(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Answer other = instead;
        if (other != null) {
            other.to(exchange, body);
            return;
        }
        boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (known) {
            send(exchange, 200, compute(body));
        } else {
            send(exchange, 401, new byte[0]);
        }
    }

    private void onHealth(HttpExchange exchange) throws IOException {
        healthChecks.incrementAndGet();
        if (healthy) {
            send(exchange, 200, new byte[0]);
        }
    }
}
