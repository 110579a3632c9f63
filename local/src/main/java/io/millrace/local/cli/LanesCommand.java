package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.LocalStack;
import io.millrace.local.client.EdgeClient;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "lanes", mixinStandardHelpOptions = true, description = "Show the lanes, or set the limit of one.")
final class LanesCommand implements Callable<Integer> {
    private static final String ROW = "%-16s %7s %8s %9s%n";

    @Option(names = "--set", paramLabel = "LANE=LIMIT", description = "Tasks at a time, 1 to 1000.")
    private String change = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalStack stack = StackChoice.stack();
        EdgeClient admin = new EdgeClient(stack.setup().edgeUrl(), stack.token("admin", "admin"));
        if (!change.isEmpty()) {
            String[] parts = change.split("=", 2);
            String limit = parts.length == 2 ? parts[1] : "";
            if (!limit.matches("[0-9]{1,4}")) {
                throw new IllegalArgumentException("--set wants LANE=LIMIT, for example poster=16, not " + change);
            }
            JsonNode answer = admin.put("/api/v1/lanes/" + parts[0], "{\"concurrency\":" + limit + "}");
            if (!answer.path("success").asBoolean()) {
                System.err.println(parts[0] + " has not answered yet; it takes its limit when it does.");
            }
        }
        System.out.printf(Locale.ROOT, ROW, "LANE", "LIMIT", "RUNNING", "WAITING");
        for (JsonNode lane : admin.get("/api/v1/lanes").path("lanes")) {
            System.out.printf(
                    Locale.ROOT,
                    ROW,
                    lane.path("name").asText(),
                    lane.path("concurrency").asText(),
                    lane.path("running").asText(),
                    lane.path("waiting").asText());
        }
        return 0;
    }
}
