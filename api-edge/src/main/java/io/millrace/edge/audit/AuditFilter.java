package io.millrace.edge.audit;

import io.millrace.edge.MatchedPath;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Records every request that changes something, apart from the stream of ordinary work: submits, uploads, workers' reports, tokens. */
@Component
final class AuditFilter implements WebFilter {
    private static final Pattern WORK =
            Pattern.compile("/api/v1/(tasks|tasks/batch|tasks/[^/]+/(progress|complete)|storage/upload"
                    + "|elements(/batch)?|auth/tokens(/renew)?)");

    private final AuditLog log;

    AuditFilter(AuditLog log) {
        this.log = log;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpMethod method = exchange.getRequest().getMethod();
        String path = MatchedPath.of(exchange.getRequest().getPath());
        boolean reads = method == HttpMethod.GET || method == HttpMethod.HEAD || method == HttpMethod.OPTIONS;
        boolean ordinary = method != HttpMethod.DELETE && WORK.matcher(path).matches();
        if (reads || ordinary || !path.startsWith("/api/")) {
            return chain.filter(exchange);
        }
        return log.around(
                chain.filter(exchange),
                () -> action(exchange),
                exchange.getRequest().getPath().value(),
                () -> status(exchange));
    }

    private static String action(ServerWebExchange exchange) {
        Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return exchange.getRequest().getMethod() + " " + (pattern == null ? "-" : pattern);
    }

    private static int status(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status == null ? 200 : status.value();
    }
}
