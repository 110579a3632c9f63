package io.millrace.local.cli;

import io.millrace.local.LocalStack;
import io.millrace.local.report.StatusFile;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show each room: pid, ports, health, memory, restarts, uptime.")
final class StatusCommand implements Callable<Integer> {
    private static final int NOT_UP = 3;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        LocalStack stack = StackChoice.stack();
        StatusView view = StatusView.of(stack);
        if (json) {
            System.out.println(StatusFile.text(view));
        } else {
            new StatusTable(view).print(System.out);
        }
        return view.up() ? 0 : NOT_UP;
    }
}
