package io.millrace.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.client.EdgeClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that move one task and need nothing but its id; some take a reason. */
@Command(mixinStandardHelpOptions = true)
final class MoveCommand implements Callable<Integer> {
    private static final String REASON = "--reason";
    private static final Set<String> WITH_REASON = Set.of("pause", "stop");
    private static final ObjectMapper JSON = new ObjectMapper();
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
            if (WITH_REASON.contains(name)) {
                move.getCommandSpec()
                        .addOption(OptionSpec.builder(REASON)
                                .type(String.class)
                                .paramLabel("TEXT")
                                .description("Kept with the task, at most 500 characters.")
                                .build());
            }
            millrace.addSubcommand(name, move);
        });
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        OptionSpec reason = spec.findOption(REASON);
        String given = reason == null ? null : reason.getValue();
        System.out.println(move(StackChoice.edge(StackChoice.stack(), user), task, spec.name(), given));
        return 0;
    }

    /** @return what the edge says about it */
    static String move(EdgeClient edge, String task, String name, @Nullable String reason)
            throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        if (reason != null) {
            body.put("reason", reason);
        }
        return edge.post("/api/v1/tasks/" + task + "/" + name, body.toString())
                .path("message")
                .asText();
    }
}
