package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "derive",
        mixinStandardHelpOptions = true,
        description =
                "Make a new task from an old one with some parameters changed; phases that do not depend on them are reused.")
final class DeriveCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TASK", description = "Id of the parent.")
    private String task = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "JSON object of the parameters that change.")
    private Path file = Path.of("");

    @Option(names = "--user", description = "Whose task it is (default: ${DEFAULT-VALUE}).")
    private String user = StackChoice.DEMO_USER;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode answer = StackChoice.edge(StackChoice.stack(), user)
                .post("/api/v1/tasks/" + task + "/derivative", "{\"override\":" + SubmitCommand.read(file) + "}");
        System.out.println(answer.path("task_id").asText());
        System.err.println("reused: " + answer.path("reused_phases"));
        return 0;
    }
}
