package io.millrace.inference.serve;

import io.millrace.inference.function.Batches;
import io.millrace.inference.load.FunctionState;
import io.millrace.inference.measure.Measures;
import io.millrace.inference.registry.ModelState;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.statefun.sdk.java.StatefulFunctions;
import org.apache.flink.statefun.sdk.java.handler.RequestReplyHandler;
import org.apache.flink.statefun.sdk.java.slice.Slice;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * {@code POST /functions} for StateFun, with a bearer token; {@code GET /health}, {@code /models} and {@code
 * /metrics} without. Bodies are at most {@link #MAX_BODY} bytes. The event loop only moves bytes: batches are read on a thread of their own
 * and computed on the runner's.
 */
public final class FunctionServer implements AutoCloseable {
    public static final int MAX_BODY = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FunctionServer.class);
    private static final Duration BODY_ARRIVES = Duration.ofSeconds(60);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int MAX_CALLS = 1024;

    private final Credential credential;
    private final Supplier<List<FunctionState>> states;
    private final Supplier<List<ModelState>> models;
    private final Measures measures;
    private final RequestReplyHandler handler;
    private final Semaphore calls = new Semaphore(MAX_CALLS);
    private final LoopResources loop = LoopResources.create("inference-http", 1, true);
    private final ExecutorService reader = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_CALLS), work -> daemon(work));
    private final DisposableServer server;
    private volatile boolean draining;

    /**
     * What is served.
     *
     * @param names of the functions
     * @param states how each stands, for the health report
     * @param models how each model stands
     */
    public record Served(
            Set<String> names,
            Supplier<List<FunctionState>> states,
            Supplier<List<ModelState>> models,
            Batches batches) {
        public Served {
            names = Set.copyOf(names);
        }
    }

    /**
     * Binds at once.
     *
     * @param host address to listen on
     * @param port 0 for any free one
     * @throws IllegalStateException when the port is taken or the address is none of this machine
     */
    public FunctionServer(String host, int port, String token, Served what, Measures measures) {
        this.credential = new Credential(token);
        this.states = what.states();
        this.models = what.models();
        this.measures = measures;
        StatefulFunctions served = new StatefulFunctions();
        what.names().forEach(name -> served.withStatefulFunction(BatchFn.spec(name, what.batches())));
        this.handler = served.requestReplyHandler();
        measures.gauge("inference.calls.in.flight", () -> MAX_CALLS - calls.availablePermits());
        this.server = bind(host, port);
    }

    private DisposableServer bind(String host, int port) {
        HttpServer http = HttpServer.create()
                .host(host)
                .port(port)
                .runOn(loop)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .requestTimeout(BODY_ARRIVES)
                .route(routes -> routes.post("/functions", this::call)
                        .get("/health", (request, response) -> health(response))
                        .get("/models", (request, response) -> models(response))
                        .get("/metrics", (request, response) -> metrics(response)));
        try {
            return http.bindNow(Duration.ofSeconds(10));
        } catch (ChannelBindException e) {
            throw new IllegalStateException(
                    "port " + port + " of " + host + " is taken: end what listens there, or choose another port", e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "inference-reader");
        thread.setDaemon(true);
        return thread;
    }

    public int port() {
        return server.port();
    }

    /** Calls are answered 503 from now on; those under way go on. */
    public void drain() {
        draining = true;
    }

    private Publisher<Void> call(HttpServerRequest request, HttpServerResponse response) {
        if (!credential.matches(request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION))) {
            response.header(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
            return refuse(response, 401, "send Authorization: Bearer with the token of MILLRACE_INFERENCE_TOKEN");
        }
        if (draining) {
            return busy(response, "this process is shutting down");
        }
        long length = Long.parseLong(request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH, "0"));
        if (length > MAX_BODY) {
            return refuse(response, new Body.TooLarge(MAX_BODY));
        }
        if (!calls.tryAcquire()) {
            return busy(response, MAX_CALLS + " calls are under way");
        }
        return request.receive()
                .reduceWith(() -> new Body(length, MAX_BODY), Body::add)
                // A caller that hangs up does not stop the run: its repeat will join it or find the result.
                .flatMap(body -> Mono.fromFuture(() -> answer(body.toByteArray()), true))
                .flatMap(reply -> octets(response, reply))
                .onErrorResume(failure -> refuse(response, failure))
                .doFinally(signal -> calls.release());
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private CompletableFuture<Slice> answer(byte[] request) {
        return CompletableFuture.supplyAsync(() -> handler.handle(Wire.slice(request)), reader)
                .thenCompose(reply -> reply);
    }

    private static Mono<Void> octets(HttpServerResponse response, Slice reply) {
        byte[] bytes = reply.toByteArray();
        return response.header(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length))
                .sendByteArray(Mono.just(bytes))
                .then();
    }

    private Mono<Void> refuse(HttpServerResponse response, Throwable failure) {
        if (failure instanceof Body.TooLarge) {
            return refuse(response, 413, String.valueOf(failure.getMessage()));
        }
        LOG.warn("event=call-failed error={}", failure.toString());
        return refuse(response, 500, "the call could not be read or answered: " + failure.getMessage());
    }

    private Mono<Void> busy(HttpServerResponse response, String reason) {
        response.header(HttpHeaderNames.RETRY_AFTER, "1");
        return refuse(response, 503, reason + ": try again");
    }

    // The rest of a refused body is not read, so the connection ends with the answer.
    private static Mono<Void> refuse(HttpServerResponse response, int code, String reason) {
        return text(response.keepAlive(false), code, "text/plain; charset=utf-8", reason + "\n");
    }

    private Mono<Void> health(HttpServerResponse response) {
        HealthReport report = HealthReport.of(states.get(), draining);
        return text(response, report.code(), "application/json", report.json());
    }

    private Mono<Void> models(HttpServerResponse response) {
        return text(response, 200, "application/json", ModelReport.of(models.get()));
    }

    private Mono<Void> metrics(HttpServerResponse response) {
        return text(response, 200, "text/plain; version=0.0.4; charset=utf-8", measures.page());
    }

    private static Mono<Void> text(HttpServerResponse response, int code, String type, String text) {
        return response.status(code)
                .header(HttpHeaderNames.CONTENT_TYPE, type)
                .sendString(Mono.just(text))
                .then();
    }

    /** Gives answers under way a last moment to leave. */
    @Override
    public void close() {
        draining = true;
        try {
            if (!calls.tryAcquire(MAX_CALLS, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("event=calls-cut calls={}", MAX_CALLS - calls.availablePermits());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.disposeNow(LAST_WORDS);
        loop.disposeLater(Duration.ZERO, LAST_WORDS).block(LAST_WORDS.multipliedBy(2));
        reader.shutdownNow();
    }
}
