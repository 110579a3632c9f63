package io.millrace.edge;

import io.millrace.edge.watch.RSocketTcpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The whole edge on a free port, with hand-made borders. */
final class RunningEdge implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    RunningEdge(Path artifacts, String... more) {
        Stream<String> unlimited = Stream.of("submits", "connects", "polls", "tokens")
                .map(limit -> "--millrace.limit-" + limit + "=")
                .filter(option -> Stream.of(more).noneMatch(given -> given.startsWith(option)))
                .map(option -> option + "0");
        Stream<String> usual = Stream.of(
                "--spring.profiles.active=detached",
                "--server.port=0",
                "--millrace.rsocket-port=0",
                "--millrace.jwt-secret=" + Tokens.SECRET,
                "--millrace.link-secret=" + Tokens.SECRET,
                "--millrace.artifacts=" + artifacts,
                "--logging.level.root=WARN");
        context = new SpringApplication(EdgeApplication.class, Borders.class)
                .run(Stream.of(Stream.of(more), unlimited, usual)
                        .flatMap(options -> options)
                        .toArray(String[]::new));
        int port = Objects.requireNonNull(((ReactiveWebServerApplicationContext) context).getWebServer())
                .getPort();
        base = "http://127.0.0.1:" + port;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int rsocketPort() {
        return bean(RSocketTcpServer.class).address().getPort();
    }

    URI address() {
        return URI.create(base);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofMinutes(1));
    }

    HttpRequest.Builder as(String user, String path) {
        return request(path).header("Authorization", "Bearer " + Tokens.of(user, "user"));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** One method on one pattern; alternatives of a variable, as {@code {verb:cancel|pause}}, are routes of their own. */
    record Route(String method, String pattern) {
        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    private static final Pattern ALTERNATIVES = Pattern.compile("\\{\\w+:([\\w|]+)}");

    /** Everything a controller answers, from the mappings of the running edge. */
    List<Route> routes() {
        RequestMappingHandlerMapping mappings =
                context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        return mappings.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getPatternsCondition().getPatterns().stream()
                        .flatMap(pattern -> alternatives(pattern.getPatternString()))
                        .flatMap(pattern -> info.getMethodsCondition().getMethods().stream()
                                .map(method -> new Route(method.name(), pattern))))
                .toList();
    }

    private static Stream<String> alternatives(String pattern) {
        Matcher matcher = ALTERNATIVES.matcher(pattern);
        return matcher.find()
                ? Stream.of(matcher.group(1).split("\\|")).map(one -> pattern.replace(matcher.group(), one))
                : Stream.of(pattern);
    }

    /** As {@link #send}, of an answer that may be a stream without end: its beginning, up to two seconds. */
    HttpResponse<String> sendBriefly(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        boolean stream = answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
        try (InputStream body = answer.body()) {
            byte[] bytes = stream ? body.readNBytes(2) : body.readAllBytes();
            return new Brief(answer, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    HttpResponse<String> get(String user, String path) throws IOException, InterruptedException {
        return send(as(user, path).GET());
    }

    HttpResponse<String> post(String user, String path, String body) throws IOException, InterruptedException {
        return send(as(user, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder with(String token, String path) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> put(String token, String path, String body) throws IOException, InterruptedException {
        return send(with(token, path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body());
    }

    @Override
    public void close() {
        context.close();
    }

    /** An answer whose body was read to a point. */
    private record Brief(HttpResponse<InputStream> whole, String body) implements HttpResponse<String> {
        @Override
        public int statusCode() {
            return whole.statusCode();
        }

        @Override
        public HttpRequest request() {
            return whole.request();
        }

        @Override
        public Optional<HttpResponse<String>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return whole.headers();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return whole.uri();
        }

        @Override
        public HttpClient.Version version() {
            return whole.version();
        }
    }
}
