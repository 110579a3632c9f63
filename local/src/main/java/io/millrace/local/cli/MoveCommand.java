package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that move one task and need nothing but its id: they differ in their name alone. */
@Command(mixinStandardHelpOptions = true)
final class MoveCommand implements Callable<Integer> {
    private static final Map<String, String> MOVES = new LinkedHashMap<>();

    static {
        MOVES.put("pause", "Pause a task at the next phase border.");
        MOVES.put("resume", "Go on with a paused task.");
        MOVES.put("stop", "Interrupt the running phase at once and leave the task paused.");
        MOVES.put("start", "Resume a paused task, recover a failed one.");
        MOVES.put("recover", "Run a failed task again from its last finished phase; only what is missing is computed.");
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "TASK", description = "Id of the task.")
    private String task = "";

    @Option(names = "--user", description = "Whose task it is (default: ${DEFAULT-VALUE}).")
    private String user = StackChoice.DEMO_USER;

    /** Adds one command for each move. */
    static void addTo(CommandLine millrace) {
        MOVES.forEach((name, description) -> {
            CommandLine move = new CommandLine(new MoveCommand());
            move.getCommandSpec().usageMessage().description(description);
            millrace.addSubcommand(name, move);
        });
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode answer =
                StackChoice.edge(StackChoice.stack(), user).post("/api/v1/tasks/" + task + "/" + spec.name(), "{}");
        System.out.println(answer.path("message").asText());
        return 0;
    }
}
