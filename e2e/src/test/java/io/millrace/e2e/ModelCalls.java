package io.millrace.e2e;

import io.millrace.local.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** How often the models were asked, as the inference itself counts it. */
final class ModelCalls {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI metrics;

    ModelCalls(LocalStack stack) {
        this.metrics = URI.create("http://127.0.0.1:" + stack.setup().ports().inference() + "/metrics");
    }

    long count() throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(metrics).timeout(Duration.ofMinutes(1)).build(),
                HttpResponse.BodyHandlers.ofString());
        return response.body()
                .lines()
                .filter(line -> line.contains("model_calls") && !line.startsWith("#"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
