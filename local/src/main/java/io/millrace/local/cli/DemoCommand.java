package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.LocalStack;
import io.millrace.local.StackOptions;
import io.millrace.local.client.EdgeClient;
import io.millrace.local.client.TaskEvent;
import io.millrace.local.home.CodeBase;
import io.millrace.local.report.StackState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Start the stack, make the sample poster in front of you, and stay up until Ctrl-C.")
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--once", description = "End after the task, and the stack with it.")
    private boolean once;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Another task than samples/poster.json, as for submit.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
        LocalStack found = StackChoice.stack();
        AtomicBoolean ours = new AtomicBoolean(!found.isSupervised());
        Thread ending = new Thread(() -> end(found, ours), "down");
        Runtime.getRuntime().addShutdownHook(ending);
        LocalStack stack = new Startup(System.out).run(StackOptions.standard());
        boolean completed = makeTask(stack);
        if (once) {
            // Before the exit code is decided: a stack that does not end is a failure too.
            boolean ended = end(stack, ours);
            return completed && ended ? 0 : 1;
        }
        System.out.println(
                "\nConsole " + stack.setup().edgeUrl() + "/#token=" + stack.token(StackChoice.DEMO_USER, "user"));
        System.out.println("        ./millrace status   in another terminal; Ctrl-C here "
                + (ours.get() ? "ends everything." : "leaves the stack up, as it was."));
        awaitEnd(stack, ours);
        return completed ? 0 : 1;
    }

    /** Returns when somebody else has taken the stack down, or its supervisor has died. */
    private static void awaitEnd(LocalStack stack, AtomicBoolean ours) {
        stack.supervisor().ifPresent(supervisor -> supervisor.onExit().join());
        boolean down = stack.report()
                .filter(report -> report.state() == StackState.STOPPED)
                .isPresent();
        if (down) {
            ours.set(false);
        }
        System.out.println(down ? "\nThe stack has been taken down." : "\nThe supervisor has died.");
    }

    private boolean makeTask(LocalStack stack) throws IOException, InterruptedException {
        Path root = CodeBase.find().root();
        Path sample = file.toString().isEmpty() ? root.resolve("samples/poster.json") : file;
        EdgeClient edge = StackChoice.edge(stack, StackChoice.DEMO_USER);
        long begin = System.nanoTime();
        String task = SubmitCommand.submit(edge, sample);
        System.out.println("\nTask " + task);
        TaskEvent last = WatchCommand.follow(stack, task, StackChoice.DEMO_USER);
        System.out.printf("%nEnded after %.1f s.%n", (System.nanoTime() - begin) / 1e9);
        TaskScreen.summary(System.out, last);
        if (!last.status().equals("completed")) {
            System.err.println("millrace: the task was not completed; see ./millrace logs inference and jobmanager.");
            return false;
        }
        show(edge, task, root.resolve("out"), System.out);
        return true;
    }

    /** Fetches the picture of a completed task into the folder; what has none, as a classification, is printed. */
    static void show(EdgeClient edge, String task, Path folder, PrintStream out)
            throws IOException, InterruptedException {
        JsonNode result = edge.result(task);
        Optional<String> address = EdgeClient.pictureAddress(result);
        if (address.isEmpty()) {
            out.println("\nResult " + result.toPrettyString());
            return;
        }
        Path picture = folder.resolve(task + ".png");
        edge.download(address.get(), picture);
        out.println("\nPicture " + picture);
    }

    /** @return whether the stack is down, or is not ours to take down; does it only once */
    private static boolean end(LocalStack stack, AtomicBoolean ours) {
        if (!ours.getAndSet(false)) {
            return true;
        }
        try {
            System.out.println();
            return DownCommand.run(stack) == 0;
        } catch (IOException failed) {
            System.err.println("millrace: " + failed + "; try ./millrace down again.");
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
