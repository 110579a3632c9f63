package io.millrace.edge.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.live.LiveLimits;
import io.millrace.edge.live.LiveView;
import io.millrace.schemas.topic.Topic;
import io.rsocket.core.RSocketServer;
import io.rsocket.plugins.DuplexConnectionInterceptor.Type;
import io.rsocket.transport.netty.server.WebsocketRouteTransport;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.rsocket.server.RSocketServerCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.rsocket.annotation.support.RSocketMessageHandler;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.WebsocketServerSpec;

/** The hub and what serves it. */
@Configuration(proxyBeanMethods = false)
class WatchConfiguration {
    /**
     * Bytes of one RSocket request, in one frame or put together from many: a body and its metadata. What one connection may make the
     * edge hold for a request would be 2 GiB otherwise. Somewhat above the limit of a body, so that the complaint about it can be read.
     */
    static final int MAX_REQUEST = Bodies.MAX_BYTES + 64 * 1024;

    private static final Duration EVICTION = Duration.ofSeconds(5);

    /** Runs what subscribers make of their events; never a thread that reads a log. */
    @Bean(destroyMethod = "dispose")
    Scheduler watchScheduler() {
        return Schedulers.newParallel("watch", Math.max(2, Runtime.getRuntime().availableProcessors()), true);
    }

    @Bean
    Hub hub(WatchSettings settings, Scheduler watchScheduler, Clock clock, EstimateMeters estimates) {
        MailboxLimits limits = new MailboxLimits(settings.mailbox(), settings.tickInterval());
        LiveLimits memory = LiveLimits.forHeap(Runtime.getRuntime().maxMemory(), Topic.PROGRESS.partitions());
        return new Hub(new LiveView(memory, estimates), limits, watchScheduler, clock);
    }

    @Bean(destroyMethod = "dispose")
    Disposable eviction(Hub hub, Scheduler watchScheduler) {
        return Flux.interval(EVICTION, EVICTION, watchScheduler)
                .onBackpressureDrop()
                .subscribe(tick -> hub.evict());
    }

    @Bean
    WebHttpHandlerBuilderCustomizer streamHandover() {
        return builder -> builder.httpHandlerDecorator(StreamHandover::new);
    }

    @Bean
    RSocketServerCustomizer rsocketHandover() {
        return server -> server.interceptors(all -> all.forResponder(RSocketHandover::new));
    }

    @Bean
    RSocketServerCustomizer fragmentBound() {
        return server -> server.interceptors(all -> all.forConnection(
                (type, connection) -> type == Type.SOURCE ? new FragmentBound(connection) : connection));
    }

    @Bean
    RSocketServer rsocketServer(RSocketMessageHandler handler, ObjectProvider<RSocketServerCustomizer> customizers) {
        RSocketServer server = RSocketServer.create(handler.responder()).maxInboundPayloadSize(MAX_REQUEST);
        customizers.orderedStream().forEach(customizer -> customizer.customize(server));
        return server;
    }

    @Bean
    RSocketTcpServer rsocketOverTcp(WatchSettings settings, RSocketServer server) {
        return new RSocketTcpServer(settings, server);
    }

    /** What a handshake said would stay as long as its connection, and nobody asks for it again. */
    @Bean
    NettyRouteProvider rsocketOverWebSocket(RSocketServer server) {
        var sockets = WebsocketRouteTransport.newHandler(server.asConnectionAcceptor(MAX_REQUEST));
        // The library would close the connection of whoever sends a legal body of more than 64 KiB.
        WebsocketServerSpec frames =
                WebsocketServerSpec.builder().maxFramePayloadLength(MAX_REQUEST).build();
        return routes -> routes.ws(
                "/rsocket",
                (in, out) -> {
                    in.headers().clear();
                    return sockets.apply(in, out);
                },
                frames);
    }

    @Bean
    MeterBinder hubMeters(Hub hub) {
        return registry -> {
            Gauge.builder("millrace.edge.tasks", hub, Hub::taskCount)
                    .description("tasks in the live view")
                    .register(registry);
            Gauge.builder("millrace.edge.subscribers", hub, Hub::subscriberCount)
                    .description("open streams")
                    .register(registry);
        };
    }
}
