package io.millrace.local.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", mixinStandardHelpOptions = true, description = "Cancel a task.")
final class CancelCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TASK", description = "Id of the task.")
    private String task = "";

    @Option(names = "--reason", description = "Kept with the task (default: ${DEFAULT-VALUE}).")
    private String reason = "cancelled on the command line";

    @Option(names = "--user", description = "Whose task it is (default: ${DEFAULT-VALUE}).")
    private String user = StackChoice.DEMO_USER;

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.println(StackChoice.edge(StackChoice.stack(), user).cancel(task, reason));
        return 0;
    }
}
