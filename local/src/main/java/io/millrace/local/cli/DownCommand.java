package io.millrace.local.cli;

import io.millrace.local.LocalStack;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stop the jobs with a savepoint, then end every process of the stack.")
final class DownCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException {
        return run(StackChoice.stack());
    }

    /** @return the exit code: 1 when something did not end as it should */
    static int run(LocalStack stack) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        System.out.println("Stopping Millrace in " + stack.setup().home().folder());
        List<String> troubles = stack.stop();
        troubles.forEach(trouble -> System.err.println("millrace: " + trouble));
        System.out.printf(Locale.ROOT, "Down after %.1f s.%n", (System.nanoTime() - begin) / 1e9);
        return troubles.isEmpty() ? 0 : 1;
    }
}
