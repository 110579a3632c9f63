package io.millrace.local.probe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Ready when a GET answers 200 with the right body. */
final class HttpProbe implements Probe {
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final int OK = 200;
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(DEADLINE)
            .build();

    private final HttpRequest request;
    private final Check body;

    /** A look at the body of a good answer. */
    interface Check {
        boolean accepts(String body) throws IOException;
    }

    HttpProbe(String url) {
        this(url, body -> true);
    }

    HttpProbe(String url, Check body) {
        this.request = HttpRequest.newBuilder(URI.create(url)).timeout(DEADLINE).build();
        this.body = body;
    }

    @Override
    public boolean isReady() throws IOException, InterruptedException {
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == OK && body.accepts(answer.body());
    }
}
