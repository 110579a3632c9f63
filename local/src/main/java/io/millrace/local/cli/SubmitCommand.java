package io.millrace.local.cli;

import io.millrace.local.LocalStack;
import io.millrace.local.UserError;
import io.millrace.local.client.Attachments;
import io.millrace.local.client.EdgeClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = {
            "Submit a task from a JSON file and print its id; samples/ holds some.",
            "A text \"@FILE\" in it is uploaded first and becomes its reference; \"@FOLDER/\" becomes a list of all"
                    + " its pictures,",
            "with a label each where they lie in sub folders. A text that begins with @ is written @@."
        })
final class SubmitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Body of POST /api/v1/tasks.")
    private Path file = Path.of("");

    @Option(names = "--user", description = "Whose task it is (default: ${DEFAULT-VALUE}).")
    private String user = StackChoice.DEMO_USER;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalStack stack = StackChoice.stack();
        EdgeClient edge = StackChoice.edge(stack, user);
        System.out.println(submit(edge, file));
        return 0;
    }

    /** Submits a task with the files it names, which lie where its own file does. @return its id */
    static String submit(EdgeClient edge, Path file) throws IOException, InterruptedException {
        String body = read(file);
        Path folder = file.toAbsolutePath().resolveSibling("");
        return edge.submit(new Attachments(folder, edge::upload).attached(body));
    }

    static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserError("There is no file " + file.toAbsolutePath() + "; samples/ holds some to begin with.");
        }
        return Files.readString(file);
    }
}
