package io.millrace.local.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Print a token of this stack, valid for 12 h; it can be renewed for 30 days.")
final class TokenCommand implements Callable<Integer> {
    @Option(names = "--user", description = "Who the bearer is (default: ${DEFAULT-VALUE}).")
    private String user = StackChoice.DEMO_USER;

    @Option(names = "--role", description = "user, service or admin (default: ${DEFAULT-VALUE}).")
    private String role = "user";

    @Override
    public Integer call() throws IOException {
        System.out.println(StackChoice.stack().token(user, role));
        return 0;
    }
}
