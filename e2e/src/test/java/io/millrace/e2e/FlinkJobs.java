package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** What Flink's REST API says about the jobs of the stack. */
final class FlinkJobs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final Path folders;

    FlinkJobs(LocalStack stack) {
        this.base = "http://127.0.0.1:" + stack.setup().ports().flinkRest();
        this.folders = stack.setup().home().jobs();
    }

    /** Restarts of all jobs since they were submitted. */
    long restarts() throws IOException, InterruptedException {
        long restarts = 0;
        for (String job : jobs()) {
            JsonNode metric =
                    get("/jobs/" + job + "/metrics?get=numRestarts").path(0).path("value");
            assertThat(metric.isTextual()).as("numRestarts of %s", job).isTrue();
            restarts += Long.parseLong(metric.asText());
        }
        return restarts;
    }

    /** Completed checkpoints of the job that has completed the fewest. */
    long checkpoints() throws IOException, InterruptedException {
        long fewest = Long.MAX_VALUE;
        for (String job : jobs()) {
            fewest = Math.min(fewest, completed(job));
        }
        return fewest;
    }

    /** Takes a checkpoint of a job now. @return once it is complete */
    void checkpoint(String name) throws IOException, InterruptedException {
        String job = job(name);
        long before = completed(job);
        post("/jobs/" + job + "/checkpoints", "{\"checkpointType\":\"FULL\"}");
        Awaitility.await().atMost(PATIENCE).until(() -> completed(job) > before);
    }

    /** Takes a savepoint of a running job: nothing is committed by it. @return once it is complete */
    void savepoint(String name) throws IOException, InterruptedException {
        String job = job(name);
        String body = JSON.createObjectNode()
                .put("cancel-job", false)
                .put(
                        "target-directory",
                        folders.resolve(name).resolve("savepoints").toUri().toString())
                .toString();
        String trigger =
                post("/jobs/" + job + "/savepoints", body).path("request-id").asText();
        String path = "/jobs/" + job + "/savepoints/" + trigger;
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> get(path).path("status").path("id").asText().equals("COMPLETED"));
        assertThat(get(path).path("operation").path("location").asText())
                .as("%s", get(path))
                .isNotEmpty();
    }

    /** Completed checkpoints of a job in this run. */
    long completedBy(String name) throws IOException, InterruptedException {
        return completed(job(name));
    }

    private long completed(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints")
                .path("counts")
                .path("completed")
                .asLong();
    }

    private String job(String name) throws IOException, InterruptedException {
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            if (job.path("name").asText().contains(name)) {
                return job.path("jid").asText();
            }
        }
        throw new AssertionError("no job is named " + name + ": " + get("/jobs/overview"));
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(Duration.ofMinutes(1))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    private List<String> jobs() throws IOException, InterruptedException {
        List<String> jobs = new ArrayList<>();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            jobs.add(job.path("jid").asText());
        }
        return jobs;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(Duration.ofMinutes(1))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(response.body());
    }
}
