package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.LocalStack;
import io.millrace.local.client.EdgeClient;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "queue",
        mixinStandardHelpOptions = true,
        description = "Show who waits: the queues of each lane by priority and tenant, open tasks by status.")
final class QueueCommand implements Callable<Integer> {
    private static final String ROW = "%-16s %8s %-24s %8s %7s%n";

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalStack stack = StackChoice.stack();
        return show(new EdgeClient(stack.setup().edgeUrl(), stack.token("admin", "admin")), System.out);
    }

    static int show(EdgeClient admin, PrintStream out) throws IOException, InterruptedException {
        JsonNode stats = admin.get("/api/v1/admin/queue/stats");
        out.printf(Locale.ROOT, ROW, "LANE", "PRIORITY", "TENANT", "WAITING", "WEIGHT");
        for (JsonNode lane : stats.path("lanes")) {
            for (JsonNode queue : lane.path("queues")) {
                out.printf(
                        Locale.ROOT,
                        ROW,
                        lane.path("name").asText(),
                        queue.path("priority").asText(),
                        queue.path("tenant").asText(),
                        queue.path("waiting").asText(),
                        queue.path("weight").asText());
            }
        }
        out.println("open tasks " + stats.path("live_tasks") + ", open campaigns "
                + stats.path("open_campaigns").asLong());
        return 0;
    }
}
