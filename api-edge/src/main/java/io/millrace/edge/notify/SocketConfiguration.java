package io.millrace.edge.notify;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.problem.Problem;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** {@code /ws/notifications?since=} for all tasks of the caller, {@code /ws?task_id=&since=} for one. */
@Configuration(proxyBeanMethods = false)
class SocketConfiguration {
    private static final byte[] PONG = Json.bytes(Json.object().put("type", "pong"));

    @Bean
    HandlerMapping sockets(Notifications notifications) {
        Socket all = new Socket((caller, query, incoming) -> notifications.all(caller, since(query), incoming));
        Socket one = new Socket((caller, query, incoming) -> one(notifications, caller, query, incoming));
        return new SimpleUrlHandlerMapping(Map.of("/ws/notifications", all, "/ws", one), 1);
    }

    /** A socket keeps who asked for it and by which URI: more of its handshake would hold the whole exchange for as long as the socket. */
    @Bean
    WebFluxConfigurer socketUpgrade() {
        RequestUpgradeStrategy netty = new ReactorNettyRequestUpgradeStrategy();
        RequestUpgradeStrategy lean =
                (exchange, handler, subProtocol, handshake) -> ReactiveSecurityContextHolder.getContext()
                        .flatMap(who -> netty.upgrade(
                                        exchange,
                                        forgetful(exchange.getRequest(), handler),
                                        subProtocol,
                                        () -> uriOf(handshake.get()))
                                .contextWrite(
                                        all -> ReactiveSecurityContextHolder.withSecurityContext(Mono.just(who))));
        return new WebFluxConfigurer() {
            @Override
            public WebSocketService getWebSocketService() {
                return new HandshakeWebSocketService(lean);
            }
        };
    }

    /** The transport keeps the request as long as the connection, and would keep its headers with it. */
    private static WebSocketHandler forgetful(ServerHttpRequest request, WebSocketHandler handler) {
        HttpServerRequest kept = ServerHttpRequestDecorator.getNativeRequest(request);
        return session -> {
            kept.requestHeaders().clear();
            return handler.handle(session);
        };
    }

    private static HandshakeInfo uriOf(HandshakeInfo handshake) {
        return new HandshakeInfo(handshake.getUri(), new HttpHeaders(), Mono.empty(), null);
    }

    private static Flux<byte[]> one(
            Notifications notifications, Caller caller, MultiValueMap<String, String> query, Flux<byte[]> incoming) {
        String taskId = query.getFirst("task_id");
        if (taskId == null || taskId.isEmpty()) {
            return Flux.error(Problem.invalid(
                    "task_id", "is missing", "Open /ws?task_id=TASK, or /ws/notifications for all of your tasks."));
        }
        Flux<byte[]> answers = incoming.concatMap(
                text -> Flux.defer(() -> answer(text)).onErrorResume(Problem.class, SocketConfiguration::refused), 1);
        return Flux.merge(1, notifications.ofTask(caller, taskId, since(query)).materialize(), answers.materialize())
                .dematerialize();
    }

    private static Flux<byte[]> answer(byte[] text) {
        if (ClientMessage.parse(text) instanceof ClientMessage.Ping) {
            return Flux.just(PONG);
        }
        throw Problem.invalid("type", "is not for the socket of one task", "Send ping, or open /ws/notifications.");
    }

    private static Flux<byte[]> refused(Problem problem) {
        return Flux.just(Json.bytes(Json.object().put("type", "refused").set("data", problem.json())));
    }

    private static String since(MultiValueMap<String, String> query) {
        return Objects.requireNonNullElse(query.getFirst("since"), "");
    }
}
