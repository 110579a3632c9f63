package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cleanup", mixinStandardHelpOptions = true, description = "Delete tasks that have ended.")
final class CleanupCommand implements Callable<Integer> {
    enum Which {
        completed,
        failed,
        all
    }

    @Parameters(paramLabel = "WHICH", description = "One of ${COMPLETION-CANDIDATES}.")
    private Which which = Which.completed;

    @Option(
            names = "--older-than",
            description = "Only those that ended at least so long ago, for example 24h (default: ${DEFAULT-VALUE}).")
    private String olderThan = "0s";

    @Option(names = "--user", description = "Whose tasks (default: ${DEFAULT-VALUE}).")
    private String user = StackChoice.DEMO_USER;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String body = "{\"status\":\"" + which + "\",\"older_than\":\"" + olderThan + "\"}";
        JsonNode cleaned = StackChoice.edge(StackChoice.stack(), user).post("/api/v1/tasks/cleanup", body);
        long left = cleaned.path("undecided_or_refused").asLong();
        System.out.println(cleaned.path("deleted").asLong() + " deleted"
                + (left == 0 ? "" : ", " + left + " refused or not answered for in time")
                + (cleaned.path("more").asBoolean() ? ", more are left: run it again" : ""));
        return 0;
    }
}
