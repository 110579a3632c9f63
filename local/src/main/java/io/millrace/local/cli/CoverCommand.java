package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.client.EdgeClient;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "covers",
        mixinStandardHelpOptions = true,
        description = "Generate covers of roadmaps; those that exist or are under way are skipped.")
final class CoverCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "ROADMAP", arity = "1..100", description = "Ids of roadmap tasks.")
    private List<String> roadmaps = List.of();

    @Option(names = "--user", description = "Whose roadmaps (default: ${DEFAULT-VALUE}).")
    private String user = StackChoice.DEMO_USER;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return generate(StackChoice.edge(StackChoice.stack(), user), roadmaps, System.out);
    }

    static int generate(EdgeClient edge, List<String> roadmaps, PrintStream out)
            throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        roadmaps.forEach(body.putArray("roadmap_ids")::add);
        JsonNode answer = edge.post("/api/v1/cover-images/batch-generate", body.toString());
        out.println(answer.path("triggered").asLong() + " triggered, "
                + answer.path("skipped").asLong() + " skipped");
        return 0;
    }
}
