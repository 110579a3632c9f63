package io.millrace.local.cli;

import io.millrace.local.LocalStack;
import io.millrace.local.home.StackHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = "Take the stack down and delete all it has stored: tasks, posters, topics, tables, secrets.")
final class ResetCommand implements Callable<Integer> {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = StackChoice.home().toAbsolutePath();
        if (!yes && !confirmed(home)) {
            System.out.println("Nothing was deleted.");
            return 1;
        }
        LocalStack stack = StackChoice.stack();
        DownCommand.run(stack);
        return delete(stack);
    }

    /** A missing savepoint is no reason to keep the rest; a process that may still write here is. @return the exit code */
    static int delete(LocalStack stack) throws IOException {
        if (!stack.isDown()) {
            System.err.println(
                    "millrace: nothing was deleted, because a process of the stack still runs; end it and try again.");
            return 1;
        }
        StackHome home = stack.setup().home();
        home.wipe();
        System.out.println("Deleted what was in " + home.folder());
        return 0;
    }

    private static boolean confirmed(Path home) {
        System.out.print("Delete everything Millrace has stored in " + home + "? [y/N] ");
        System.out.flush();
        Scanner in = new Scanner(System.in, StandardCharsets.UTF_8);
        return in.hasNextLine() && in.nextLine().strip().equalsIgnoreCase("y");
    }
}
