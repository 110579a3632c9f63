package io.millrace.edge;

import io.millrace.edge.watch.RSocketTcpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
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

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20));
    }

    HttpRequest.Builder as(String user, String path) {
        return request(path).header("Authorization", "Bearer " + Tokens.of(user, "user"));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
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
}
