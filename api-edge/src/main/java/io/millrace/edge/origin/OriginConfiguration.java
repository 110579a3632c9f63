package io.millrace.edge.origin;

import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import reactor.netty.http.server.HttpServerRequest;

/** RSocket over WebSocket is served before any filter sees the request; so its origin is looked at on the way there. */
@Configuration(proxyBeanMethods = false)
class OriginConfiguration {
    private static final int FORBIDDEN = 403;

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    NettyRouteProvider foreignSockets(Origins origins) {
        return routes -> routes.route(
                request -> request.uri().startsWith("/rsocket") && isForeign(origins, request),
                (request, response) -> response.status(FORBIDDEN).send());
    }

    private static boolean isForeign(Origins origins, HttpServerRequest request) {
        return origins.of(
                        request.requestHeaders().get("Origin"),
                        request.requestHeaders().get("Host"))
                == Origins.Verdict.FOREIGN;
    }
}
