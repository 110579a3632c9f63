package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.LocalStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** What a front end does over REST, as one user. */
final class EdgeClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** Each 503 comes after the seconds that the edge itself has tried. */
    private static final int SUBMIT_AGAIN = 5;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final String base;
    private final String token;

    EdgeClient(LocalStack stack, String user) {
        this(stack, user, "user");
    }

    /** @param role {@code user}, {@code service} or {@code admin} */
    EdgeClient(LocalStack stack, String user, String role) {
        this(stack.setup().edgeUrl(), stack.token(user, role));
    }

    /** @param base of an edge, for example {@code http://127.0.0.1:7400} */
    EdgeClient(String base, String token) {
        this.base = base;
        this.token = token;
    }

    record Answer(int status, JsonNode body) {
        JsonNode data() {
            return body.path("data");
        }
    }

    /**
     * Submits as a client should: with a key, and again when the edge says that it cannot take anything at the moment.
     *
     * @return the id of the accepted task
     */
    String submit(String json) {
        String key = UUID.randomUUID().toString();
        Answer answer = postOnce("/api/v1/tasks", json, key);
        for (int again = 0; again < SUBMIT_AGAIN && answer.status() == 503; again++) {
            answer = postOnce("/api/v1/tasks", json, key);
        }
        if (answer.status() != 202) {
            throw new AssertionError("submit was answered " + answer.status() + ": " + answer.body());
        }
        return answer.data().path("task_id").asText();
    }

    /** Uploads a file. @return its reference, {@code sha256:HEX} */
    String upload(Path file) throws IOException {
        HttpRequest upload = request("/api/v1/storage/upload")
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Files.readAllBytes(file)))
                .build();
        Answer answer = exchange(upload);
        for (int again = 0; again < SUBMIT_AGAIN && answer.status() == 503; again++) {
            answer = exchange(upload);
        }
        if (answer.status() != 200) {
            throw new AssertionError("upload was answered " + answer.status() + ": " + answer.body());
        }
        return answer.data().path("artifact").asText();
    }

    Answer get(String path) {
        return exchange(request(path).GET().build());
    }

    Answer post(String path, String json) {
        return exchange(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    Answer put(String path, String json) {
        return exchange(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** @param key the {@code Idempotency-Key} */
    Answer postOnce(String path, String json, String key) {
        return exchange(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** @param match the entity tag of what shall change */
    Answer patch(String path, String json, String match) {
        return exchange(request(path)
                .header("Content-Type", "application/json")
                .header("If-Match", match)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** Bytes behind a link of an answer, absolute or not; no token is sent, the link must speak for itself. */
    byte[] download(String link) {
        URI uri = URI.create(base).resolve(link);
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new AssertionError(link + " was answered " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** An open server-sent event stream; 204 gives an empty one. */
    HttpResponse<InputStream> stream(String path, String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                identified(HttpRequest.newBuilder(URI.create(base + path))).header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private Answer exchange(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return identified(HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT));
    }

    /** An empty token is none. */
    private HttpRequest.Builder identified(HttpRequest.Builder request) {
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", cause);
    }
}
