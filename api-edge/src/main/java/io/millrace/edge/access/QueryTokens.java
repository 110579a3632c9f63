package io.millrace.edge.access;

import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Takes {@code access_token} out of the query before anything else sees it, so that no log can show it. For event streams, which a
 * browser opens without headers, it becomes the Authorization header; anywhere else it is dropped.
 */
final class QueryTokens implements HttpHandler {
    private static final String PARAMETER = "access_token";

    private final HttpHandler next;

    QueryTokens(HttpHandler next) {
        this.next = next;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        String query = request.getURI().getRawQuery();
        return next.handle(query == null || !query.contains(PARAMETER) ? request : withoutToken(request), response);
    }

    private static ServerHttpRequest withoutToken(ServerHttpRequest request) {
        List<String> tokens = request.getQueryParams().getOrDefault(PARAMETER, List.of());
        URI clean = UriComponentsBuilder.fromUri(request.getURI())
                .replaceQueryParam(PARAMETER)
                .build(true)
                .toUri();
        ServerHttpRequest.Builder changed = request.mutate().uri(clean);
        boolean stream = HttpMethod.GET.equals(request.getMethod())
                && request.getPath().value().endsWith("/stream")
                && !request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION);
        if (stream && tokens.size() == 1) {
            changed.header(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.get(0));
        }
        return changed.build();
    }
}
