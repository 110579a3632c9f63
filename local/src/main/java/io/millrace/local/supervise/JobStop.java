package io.millrace.local.supervise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops Flink's jobs with a savepoint, through its REST API. */
final class JobStop {
    private static final Logger LOG = LoggerFactory.getLogger(JobStop.class);
    private static final Duration CALL = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int ACCEPTED = 202;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CALL)
            .build();
    private final String flink;
    private final Path jobs;

    /**
     * @param flink base URL of the REST API
     * @param jobs folder of the jobs' folders
     */
    JobStop(String flink, Path jobs) {
        this.flink = flink;
        this.jobs = jobs;
    }

    /**
     * Stops all running jobs at once and waits for their savepoints. A job that is being restarted, or has failed, cannot take one.
     *
     * @return how many jobs have no savepoint within the deadline, 1 if they could not be asked: they go on from their newest
     *     checkpoint next time
     */
    int stopAll(Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        List<String> savepoints = new ArrayList<>();
        int failed = 0;
        try {
            for (JsonNode job : overview()) {
                String state = job.path("state").asText();
                if (state.equals("RUNNING")) {
                    savepoints.add(trigger(job.path("jid").asText()));
                } else if (!state.equals("FINISHED")) {
                    LOG.warn("job={} state={} savepoint=none", job.path("jid").asText(), state);
                    failed++;
                }
            }
        } catch (IOException unreachable) {
            LOG.warn("jobs=unstopped error={}", unreachable.toString());
            failed++;
        }
        for (String savepoint : savepoints) {
            if (!await(savepoint, end)) {
                failed++;
            }
        }
        return failed;
    }

    /** @throws IOException when it names none, as while it starts or is overloaded */
    private JsonNode overview() throws IOException, InterruptedException {
        JsonNode answer = get("/jobs/overview");
        if (!answer.path("jobs").isArray()) {
            throw new IOException("Flink names no jobs: " + answer);
        }
        return answer.path("jobs");
    }

    private String trigger(String job) throws IOException, InterruptedException {
        Optional<Path> folder = folderOf(job);
        Map<String, Object> body = folder.isPresent()
                ? Map.of(
                        "drain",
                        false,
                        "targetDirectory",
                        folder.get().resolve("savepoints").toUri().toString())
                : Map.of("drain", false);
        HttpRequest request = request("/jobs/" + job + "/stop")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != ACCEPTED) {
            throw new IOException("job " + job + " cannot be stopped: HTTP " + answer.statusCode());
        }
        String id = JSON.readTree(answer.body()).path("request-id").asText();
        return "/jobs/" + job + "/savepoints/" + id;
    }

    private boolean await(String savepoint, long end) throws InterruptedException {
        while (System.nanoTime() - end < 0) {
            try {
                JsonNode answer = get(savepoint);
                if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                    JsonNode operation = answer.path("operation");
                    boolean written = operation.hasNonNull("location");
                    LOG.info(
                            "savepoint={} written={}",
                            operation.path("location").asText(),
                            written);
                    return written;
                }
            } catch (IOException unreachable) {
                // With its last job done the JobManager ends: the savepoint is written then, or it has crashed.
                LOG.warn("savepoint={} unknown=true error={}", savepoint, unreachable.toString());
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        LOG.warn("savepoint={} late=true", savepoint);
        return false;
    }

    /** Flink names the folder of a run's checkpoints after the run's job id. */
    private Optional<Path> folderOf(String job) {
        if (!Files.isDirectory(jobs)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(jobs)) {
            return folders.filter(folder ->
                            Files.isDirectory(folder.resolve("checkpoints").resolve(job)))
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(flink + path)).timeout(CALL);
    }
}
