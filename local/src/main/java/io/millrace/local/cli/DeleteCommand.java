package io.millrace.local.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", mixinStandardHelpOptions = true, description = "Delete a task that has ended.")
final class DeleteCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TASK", description = "Id of the task.")
    private String task = "";

    @Option(names = "--user", description = "Whose task it is (default: ${DEFAULT-VALUE}).")
    private String user = StackChoice.DEMO_USER;

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.println(StackChoice.edge(StackChoice.stack(), user)
                .delete("/api/v1/tasks/" + task)
                .path("message")
                .asText());
        return 0;
    }
}
