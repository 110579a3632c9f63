package io.millrace.edge.access;

import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets keys whose scopes lack {@code write} read only. */
@Component
final class ReadOnlyKeys implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpMethod method = exchange.getRequest().getMethod();
        if (method == HttpMethod.GET || method == HttpMethod.HEAD || method == HttpMethod.OPTIONS) {
            return chain.filter(exchange);
        }
        return ReactiveSecurityContextHolder.getContext()
                .map(context -> context.getAuthentication() != null
                        && context.getAuthentication().getPrincipal() instanceof Jwt jwt
                        && mayOnlyRead(jwt))
                .defaultIfEmpty(false)
                .flatMap(readOnly -> readOnly ? Mono.error(refused()) : chain.filter(exchange));
    }

    /** Tokens without scopes may do everything their role may. */
    static boolean mayOnlyRead(Jwt jwt) {
        String scopes = jwt.getClaimAsString("scope");
        return scopes != null && scopes.equals("read");
    }

    private static Problem refused() {
        return Problem.of(
                HttpStatus.FORBIDDEN, ErrorCode.FORBIDDEN, "this key may only read", "Use a key with the scope write.");
    }
}
