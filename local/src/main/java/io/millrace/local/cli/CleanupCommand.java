package io.millrace.local.cli;

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
        String body = "{\"which\":\"" + which + "\",\"older_than\":\"" + olderThan + "\"}";
        System.out.println(
                StackChoice.edge(StackChoice.stack(), user)
                                .post("/api/v1/tasks/cleanup", body)
                                .path("deleted")
                                .asLong() + " deleted");
        return 0;
    }
}
