package io.millrace.edge.limit;

import io.millrace.edge.MatchedPath;
import io.millrace.edge.access.Caller;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Counts HTTP requests by what they ask for. */
@Component
final class LimitFilter implements WebFilter {
    private static final Pattern CONNECT = Pattern.compile("/api/v1/(.*/)?stream|/ws(/.*)?");
    private static final Pattern POLL =
            Pattern.compile("/api/v1/(lanes|tasks(/[^/]+(/(status|result))?)?|campaigns(/[^/]+(/tasks)?)?)");
    private static final Pattern SUBMIT = Pattern.compile(
            "/api/v1/(tasks|tasks/batch|tasks/[^/]+/derivative|campaigns|posters/[^/]+/render|cover-images/batch-generate)");

    private final Limits limits;

    LimitFilter(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Optional<Limit> limit = limit(
                exchange.getRequest().getMethod(),
                MatchedPath.of(exchange.getRequest().getPath()));
        if (limit.isEmpty()) {
            return chain.filter(exchange);
        }
        return Caller.current()
                .doOnNext(caller -> limits.require(caller, limit.get()))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    /** @param path of {@link MatchedPath} */
    static Optional<Limit> limit(HttpMethod method, String path) {
        if (method == HttpMethod.POST) {
            return SUBMIT.matcher(path).matches() ? Optional.of(Limit.SUBMITS) : Optional.empty();
        }
        if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
            return Optional.empty();
        }
        if (CONNECT.matcher(path).matches()) {
            return Optional.of(Limit.CONNECTS);
        }
        return POLL.matcher(path).matches() ? Optional.of(Limit.POLLS) : Optional.empty();
    }
}
