package io.millrace.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.UserError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/** The edge's REST API as one user. What it refuses comes as a {@link UserError} in its own words. */
public final class EdgeClient {
    private static final Duration CALL = Duration.ofSeconds(15);
    private static final Duration DOWNLOAD = Duration.ofSeconds(60);
    private static final int FIRST_ERROR = 400;
    private static final String DIGEST = "sha256:";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CALL)
            .build();
    private final URI edge;
    private final String token;

    /**
     * @param edge for example {@code http://127.0.0.1:7400}
     * @param token a JSON Web Token
     */
    public EdgeClient(String edge, String token) {
        this.edge = URI.create(edge);
        this.token = token;
    }

    /** Submits a task. @return its id */
    public String submit(String body) throws IOException, InterruptedException {
        String id = post("/api/v1/tasks", body).path("task_id").asText();
        if (id.isEmpty()) {
            throw new IOException("the edge took the task but named no task_id");
        }
        return id;
    }

    /** Uploads a file. @return its reference, {@code sha256:HEX} */
    public String upload(Path file) throws IOException, InterruptedException {
        HttpRequest request = request("/api/v1/storage/upload", DOWNLOAD)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        return data(send(request)).path("artifact").asText();
    }

    /** Cancels a task. @return what the edge says about it */
    public String cancel(String taskId, String reason) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(JSON.createObjectNode().put("reason", reason));
        return post("/api/v1/tasks/" + taskId + "/cancel", body).path("message").asText();
    }

    /** The result of a completed task. */
    public JsonNode result(String taskId) throws IOException, InterruptedException {
        return get("/api/v1/tasks/" + taskId + "/result");
    }

    /** Where the picture of a result can be fetched: the full poster, or else its preview; nothing when it has neither. */
    public static Optional<String> pictureAddress(JsonNode result) {
        for (JsonNode image : result.path("images")) {
            if (image.path("kind").asText().equals("poster")) {
                return Optional.of(image.path("url").asText());
            }
        }
        return Optional.of(result.path("preview").asText("")).filter(preview -> !preview.isEmpty());
    }

    /**
     * Fetches a picture into a file, as a whole or not at all.
     *
     * @param address a link as the edge gives it, or {@code sha256:HEX}
     */
    public void download(String address, Path file) throws IOException, InterruptedException {
        String path = address.startsWith(DIGEST) ? "/api/v1/artifacts/" + address.substring(DIGEST.length()) : address;
        HttpRequest request = request(path, DOWNLOAD).GET().build();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() >= FIRST_ERROR) {
            throw new UserError("The picture cannot be fetched: HTTP " + answer.statusCode() + " for " + path + ".");
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        Files.write(draft, answer.body());
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** {@code data} of the answer to a GET. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return data(send(request(path, CALL).GET().build()));
    }

    /** {@code data} of the answer to a POST of JSON. */
    public JsonNode post(String path, String body) throws IOException, InterruptedException {
        return post(path, body, "application/json");
    }

    /** {@code data} of the answer to a POST. */
    public JsonNode post(String path, String body, String type) throws IOException, InterruptedException {
        return data(send(request(path, DOWNLOAD)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()));
    }

    /** {@code data} of the answer to a PUT of JSON. */
    public JsonNode put(String path, String body) throws IOException, InterruptedException {
        return data(send(request(path, CALL)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build()));
    }

    /** {@code data} of the answer to a DELETE. */
    public JsonNode delete(String path) throws IOException, InterruptedException {
        return data(send(request(path, CALL).DELETE().build()));
    }

    private HttpRequest.Builder request(String path, Duration deadline) {
        return HttpRequest.newBuilder(edge.resolve(path)).timeout(deadline).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException refused) {
            throw new UserError("The edge at " + edge + " does not answer; start the stack with ./millrace up.");
        }
    }

    private static JsonNode data(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() < FIRST_ERROR) {
            return JSON.readTree(answer.body()).path("data");
        }
        throw new UserError(Problems.sentence(answer.statusCode(), answer.body()));
    }
}
