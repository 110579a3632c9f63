package io.millrace.edge.access;

import io.millrace.edge.MatchedPath;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Takes {@code access_token} out of the query before anything else sees it, so that no log can show it. For event streams, which a
 * browser opens without headers, it becomes the Authorization header; anywhere else it is dropped. Sockets call it {@code token}. What
 * stands in a URL is written down by proxies and browsers, so it must be a stream token: see {@link ScopeFilter}.
 */
final class QueryTokens implements HttpHandler {
    /** Header set here: the token came from the query. Whoever sets it themselves only narrows what they may do. */
    static final String MARK = "Millrace-Token-From-Query";

    private static final String PARAMETER = "access_token";
    private static final String SOCKET_PARAMETER = "token";

    private final HttpHandler next;

    QueryTokens(HttpHandler next) {
        this.next = next;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        String query = request.getURI().getRawQuery();
        if (query == null || !query.contains(SOCKET_PARAMETER)) {
            return next.handle(request, response);
        }
        boolean socket = isSocket(request);
        String parameter = socket ? SOCKET_PARAMETER : PARAMETER;
        return next.handle(withoutToken(request, parameter, socket || isStream(request)), response);
    }

    private static boolean isSocket(ServerHttpRequest request) {
        String path = MatchedPath.of(request.getPath());
        return path.equals("/ws") || path.startsWith("/ws/");
    }

    private static boolean isStream(ServerHttpRequest request) {
        return HttpMethod.GET.equals(request.getMethod())
                && MatchedPath.of(request.getPath()).endsWith("/stream");
    }

    private static ServerHttpRequest withoutToken(ServerHttpRequest request, String parameter, boolean used) {
        List<String> tokens = request.getQueryParams().getOrDefault(parameter, List.of());
        if (tokens.isEmpty()) {
            return request;
        }
        ServerHttpRequest.Builder changed = request.mutate().uri(without(request.getURI(), parameter));
        if (used && tokens.size() == 1 && !request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
            changed.header(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.get(0));
            changed.header(MARK, "true");
        }
        return changed.build();
    }

    /** Taken out by hand: a query that is no well-formed one must not become an error before anybody can answer it. */
    private static URI without(URI uri, String parameter) {
        String kept = Arrays.stream(uri.getRawQuery().split("&"))
                .filter(part -> !part.equals(parameter) && !part.startsWith(parameter + "="))
                .collect(Collectors.joining("&"));
        String text = uri.toString();
        return URI.create(text.substring(0, text.indexOf('?')) + (kept.isEmpty() ? "" : "?" + kept));
    }
}
