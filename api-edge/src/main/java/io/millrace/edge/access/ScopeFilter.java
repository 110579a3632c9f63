package io.millrace.edge.access;

import io.millrace.edge.MatchedPath;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Holds HTTP requests to the scope of their token: {@code read} does not write, {@code stream} opens streams and sockets only, and only a
 * token of scope {@code stream} may stand in a URL.
 */
@Component
final class ScopeFilter implements WebFilter {
    private static final String READ = "read";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(context -> context.getAuthentication() == null
                        ? null
                        : context.getAuthentication().getPrincipal())
                .ofType(Jwt.class)
                .doOnNext(jwt -> check(jwt, exchange))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private static void check(Jwt jwt, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        boolean streamsOnly = Caller.Reach.of(jwt).streamsOnly();
        String path = MatchedPath.of(request.getPath());
        boolean stream = path.endsWith("/stream") || path.equals("/ws") || path.startsWith("/ws/");
        if (streamsOnly && !(stream && isRead(request.getMethod()))) {
            Caller.Reach.of(jwt).requireEverything();
        }
        if (mayOnlyRead(jwt) && !isRead(request.getMethod())) {
            throw readOnly();
        }
        if (!streamsOnly && request.getHeaders().containsHeader(QueryTokens.MARK)) {
            throw refused(
                    "a token that opens more than streams must not stand in a URL",
                    "Ask POST /api/v1/auth/tokens for one with {\"scope\": \"stream\"}, or send this one in the"
                            + " Authorization header.");
        }
    }

    private static boolean isRead(HttpMethod method) {
        return method == HttpMethod.GET || method == HttpMethod.HEAD || method == HttpMethod.OPTIONS;
    }

    /** Tokens without scopes may do everything their role may; scopes of other issuers mean nothing here. */
    static boolean mayOnlyRead(Jwt jwt) {
        return READ.equals(jwt.getClaimAsString("scope"));
    }

    static Problem readOnly() {
        return refused("this key may only read", "Use a key with the scope write.");
    }

    private static Problem refused(String message, String remedy) {
        return Problem.of(HttpStatus.FORBIDDEN, ErrorCode.FORBIDDEN, message, remedy);
    }
}
