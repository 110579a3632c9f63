package io.millrace.edge.origin;

import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Cross-origin requests (Fetch standard, "CORS protocol"): pages on the list may send and read everything but cookies, of which there are
 * none; all others get 403, preflight or not.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OriginFilter implements WebFilter {
    private static final String EXPOSED =
            "ETag, Location, Retry-After, Idempotency-Replayed, Content-Disposition, WWW-Authenticate";
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String HEADERS =
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID,"
                    + " Prefer, Cancel-After, traceparent, Accept, Cache-Control";
    private static final String MAX_AGE = "600";

    private final Origins origins;

    OriginFilter(Origins origins) {
        this.origins = origins;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String origin = first(request, HttpHeaders.ORIGIN);
        return switch (origins.of(origin, first(request, HttpHeaders.HOST))) {
            case OWN -> chain.filter(exchange);
            case LISTED -> listed(exchange, chain, String.valueOf(origin));
            case FOREIGN ->
                Mono.error(Problem.of(
                        HttpStatus.FORBIDDEN,
                        ErrorCode.FORBIDDEN,
                        "pages of this origin may not talk to this edge",
                        "Ask its operator to put the origin on MILLRACE_ORIGINS."));
        };
    }

    private static @Nullable String first(ServerHttpRequest request, String header) {
        return request.getHeaders().getFirst(header);
    }

    private static Mono<Void> listed(ServerWebExchange exchange, WebFilterChain chain, String origin) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        ServerHttpRequest request = exchange.getRequest();
        if (!HttpMethod.OPTIONS.equals(request.getMethod())
                || first(request, HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) == null) {
            return chain.filter(exchange);
        }
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
        headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
        return exchange.getResponse().setComplete();
    }
}
