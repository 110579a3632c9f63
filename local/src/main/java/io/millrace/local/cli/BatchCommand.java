package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.client.Attachments;
import io.millrace.local.client.EdgeClient;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Up to a hundred tasks with one request; one that is refused stops no other. */
@Command(name = "batch", mixinStandardHelpOptions = true, description = "Submit or cancel up to 100 tasks at once.")
final class BatchCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Command(mixinStandardHelpOptions = true, description = "Submit tasks and print their ids; 1 when any is refused.")
    int submit(
            @Parameters(
                            paramLabel = "FILE",
                            description = "Body of POST /api/v1/tasks/batch; .jsonl for one task a line.")
                    Path file,
            @Option(names = "--user", defaultValue = StackChoice.DEMO_USER) String user)
            throws IOException, InterruptedException {
        return submit(StackChoice.edge(StackChoice.stack(), user), file, System.out, System.err);
    }

    static int submit(EdgeClient edge, Path file, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        String text = SubmitCommand.read(file);
        String body = file.toString().endsWith(".jsonl") ? ofLines(text) : text;
        Path folder = file.toAbsolutePath().resolveSibling("");
        JsonNode answer = edge.post("/api/v1/tasks/batch", new Attachments(folder, edge::upload).attached(body));
        for (JsonNode item : answer.path("items")) {
            if (item.path("success").asBoolean()) {
                out.println(item.path("task_id").asText());
            } else {
                err.println("tasks[" + item.path("index").asInt() + "]: "
                        + item.path("message").asText());
            }
        }
        return answer.path("failed").asInt() == 0 ? 0 : 1;
    }

    private static String ofLines(String text) {
        return text.lines().filter(line -> !line.isBlank()).collect(Collectors.joining(",", "{\"tasks\":[", "]}"));
    }

    @Command(mixinStandardHelpOptions = true, description = "Cancel tasks; 1 when any is refused or not decided yet.")
    int cancel(
            @Parameters(paramLabel = "TASK", arity = "1..100") List<String> tasks,
            @Option(
                            names = "--reason",
                            defaultValue = "cancelled on the command line",
                            description = "Kept with the tasks (default: ${DEFAULT-VALUE}).")
                    String reason,
            @Option(names = "--user", defaultValue = StackChoice.DEMO_USER) String user)
            throws IOException, InterruptedException {
        return cancel(StackChoice.edge(StackChoice.stack(), user), tasks, reason, System.out);
    }

    static int cancel(EdgeClient edge, List<String> tasks, String reason, PrintStream out)
            throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        tasks.forEach(body.putArray("task_ids")::add);
        JsonNode answer = edge.post(
                "/api/v1/tasks/batch-cancel", body.put("reason", reason).toString());
        for (JsonNode item : answer.path("items")) {
            out.println(
                    item.path("task_id").asText() + " " + item.path("message").asText());
        }
        return answer.path("failed").asInt() == 0 ? 0 : 1;
    }
}
