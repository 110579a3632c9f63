package io.millrace.edge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.util.DefaultPayload;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Streams begin when those who decided about them are done, and nothing else is put off. */
class HandoverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<String> order = new CopyOnWriteArrayList<>();

    @Test
    void anEventStreamBeginsAfterItsHandlerAndIsWrittenOnce() throws Exception {
        HttpResponse<String> answer = ask(to -> to.writeAndFlushWith(
                Flux.defer(() -> noted("stream", Flux.just("a", "b"))).map(text -> Mono.just(buffer(text)))));

        assertThat(order).containsExactly("handler done", "stream");
        assertThat(answer.body()).isEqualTo("ab");
    }

    @Test
    void whoWantsToAnswerAfterwardsSeesThatTheAnswerIsGiven() throws Exception {
        ask(to -> to.writeAndFlushWith(Flux.just(Mono.just(buffer("a"))))
                .then(Mono.fromRunnable(() -> order.add("committed " + to.isCommitted()))));

        assertThat(order).containsExactly("committed true", "handler done");
    }

    @Test
    void anOrdinaryAnswerIsWrittenByItsHandler() throws Exception {
        HttpResponse<String> answer = ask(to -> {
            to.setStatusCode(HttpStatus.CREATED);
            return to.writeWith(Flux.defer(() -> noted("body", Flux.just(buffer("one")))));
        });

        assertThat(order).containsExactly("body", "handler done");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("one");
    }

    @Test
    void aFailureOfTheHandlerIsOneOfTheRequest() throws Exception {
        assertThat(ask(to -> Mono.error(new IllegalStateException("refused"))).statusCode())
                .isEqualTo(500);
    }

    @Test
    void aRequestStreamBeginsAfterItsHandler() {
        RSocketHandover connection = new RSocketHandover(new RSocket() {
            @Override
            public Flux<Payload> requestStream(Payload payload) {
                return RSocketHandover.<Payload>later(
                                Flux.defer(() -> noted("stream", Flux.just(bytes("a"), bytes("b")))))
                        .doOnComplete(() -> order.add("handler done"));
            }
        });

        List<String> told = connection
                .requestStream(DefaultPayload.create(""))
                .map(Payload::getDataUtf8)
                .collectList()
                .block(PATIENCE);

        assertThat(order).containsExactly("handler done", "stream");
        assertThat(told).containsExactly("a", "b");
    }

    @Test
    void aRequestStreamWithoutAHandedStreamIsWhatItsHandlerSays() {
        RSocketHandover connection = new RSocketHandover(new RSocket() {
            @Override
            public Flux<Payload> requestStream(Payload payload) {
                return Flux.just(DefaultPayload.create("itself"));
            }
        });

        assertThat(connection
                        .requestStream(DefaultPayload.create(""))
                        .map(Payload::getDataUtf8)
                        .collectList()
                        .block(PATIENCE))
                .containsExactly("itself");
    }

    private HttpResponse<String> ask(Function<ServerHttpResponse, Mono<Void>> handler) throws Exception {
        StreamHandover handover = new StreamHandover((request, to) ->
                handler.apply(to).then(Mono.defer(to::setComplete)).doOnSuccess(done -> order.add("handler done")));
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handover))
                .bindNow(PATIENCE);
        try {
            URI address = URI.create("http://127.0.0.1:" + server.port() + "/");
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofString());
        } finally {
            server.disposeNow(PATIENCE);
        }
    }

    private <T> Flux<T> noted(String what, Flux<T> flux) {
        order.add(what);
        return flux;
    }

    private static DataBuffer buffer(String text) {
        return DefaultDataBufferFactory.sharedInstance.wrap(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
