package io.millrace.local.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Reads what Flink's REST API says. */
final class FlinkAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FlinkAnswers() {}

    /** Whether this many jobs run with all of their tasks: {@code /jobs/overview}. */
    static boolean runs(String overview, int jobs) throws IOException {
        int running = 0;
        for (JsonNode job : JSON.readTree(overview).path("jobs")) {
            JsonNode tasks = job.path("tasks");
            boolean whole = tasks.path("total").asInt() > 0
                    && tasks.path("running").asInt() == tasks.path("total").asInt();
            if (job.path("state").asText().equals("RUNNING") && whole) {
                running++;
            }
        }
        return running >= jobs;
    }

    /** Whether a TaskManager has registered: {@code /taskmanagers}. */
    static boolean hasTaskManager(String answer) throws IOException {
        return !JSON.readTree(answer).path("taskmanagers").isEmpty();
    }
}
