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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What Flink's REST API says about the jobs of the stack. */
final class FlinkJobs {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    FlinkJobs(LocalStack stack) {
        this.base = "http://127.0.0.1:" + stack.setup().ports().flinkRest();
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
            JsonNode counts = get("/jobs/" + job + "/checkpoints").path("counts");
            fewest = Math.min(fewest, counts.path("completed").asLong());
        }
        return fewest;
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
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(response.body());
    }
}
