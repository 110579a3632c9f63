package io.millrace.local.cli;

import io.millrace.local.LocalStack;
import io.millrace.local.client.TaskEvent;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Follow a task until it ends; goes on where it was when the connection breaks.")
final class WatchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TASK", description = "Id of the task.")
    private String task = "";

    @Option(names = "--user", description = "Whose task it is (default: ${DEFAULT-VALUE}).")
    private String user = StackChoice.DEMO_USER;

    @Override
    public Integer call() throws Exception {
        TaskEvent last = follow(StackChoice.stack(), task, user);
        TaskScreen.summary(System.out, last);
        return last.status().equals("completed") ? 0 : 1;
    }

    static TaskEvent follow(LocalStack stack, String task, String user) throws InterruptedException {
        try (TaskScreen screen = new TaskScreen(System.out, TaskScreen.isTerminal())) {
            return StackChoice.progress(stack, user).follow(task, screen::show);
        }
    }
}
