package io.millrace.local.cli;

import io.millrace.local.LocalStack;
import io.millrace.local.StackOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start every room, or find them running; go on from the newest checkpoint or savepoint.")
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--fresh",
            description = "Lay the jobs' checkpoints aside and start them empty: tasks under way are forgotten."
                    + " The stack must be down.")
    private boolean fresh;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalStack stack = new Startup(System.out).run(StackOptions.standard().fresh(fresh));
        System.out.println(
                "Console " + stack.setup().edgeUrl() + "/#token=" + stack.token(StackChoice.DEMO_USER, "user"));
        System.out.println(
                "API     " + stack.setup().edgeUrl() + "   ./millrace status | logs ROOM | submit FILE | token | down");
        return 0;
    }
}
