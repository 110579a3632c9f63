package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.client.EdgeClient;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Campaigns: many tasks as one. */
@Command(
        name = "campaign",
        mixinStandardHelpOptions = true,
        description = "Submit, list, show, cancel or retry campaigns.")
final class CampaignCommand {
    private static final String CAMPAIGNS = "/api/v1/campaigns";
    private static final String ROW = "%-40s %-11s %9s %9s %9s  %s%n";

    @Command(mixinStandardHelpOptions = true, description = "Submit a campaign and print its id.")
    int submit(
            @Parameters(
                            paramLabel = "FILE",
                            description = "Body of POST /api/v1/campaigns; .jsonl for one task a line.")
                    Path file,
            @Option(names = "--user", defaultValue = StackChoice.DEMO_USER) String user)
            throws IOException, InterruptedException {
        String type = file.toString().endsWith(".jsonl") ? "application/x-ndjson" : "application/json";
        JsonNode answer = edge(user).post(CAMPAIGNS, SubmitCommand.read(file), type);
        System.out.println(answer.path("campaign_id").asText());
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "List the campaigns of a user, the newest first.")
    int list(@Option(names = "--user", defaultValue = StackChoice.DEMO_USER) String user)
            throws IOException, InterruptedException {
        return list(edge(user), System.out);
    }

    static int list(EdgeClient edge, PrintStream out) throws IOException, InterruptedException {
        out.printf(Locale.ROOT, ROW, "ID", "STATUS", "TOTAL", "OPEN", "FAILED", "NAME");
        for (JsonNode campaign : Pages.all(edge, CAMPAIGNS, "campaigns")) {
            out.printf(
                    Locale.ROOT,
                    ROW,
                    campaign.path("id").asText(),
                    campaign.path("status").asText(),
                    campaign.path("total").asText(),
                    campaign.path("open").asText(),
                    campaign.path("failed").asText(),
                    campaign.path("name").asText());
        }
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Show the counts of a campaign.")
    int show(
            @Parameters(paramLabel = "CAMPAIGN") String campaign,
            @Option(names = "--user", defaultValue = StackChoice.DEMO_USER) String user)
            throws IOException, InterruptedException {
        System.out.println(edge(user).get(CAMPAIGNS + "/" + campaign).toPrettyString());
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Cancel what has not ended.")
    int cancel(
            @Parameters(paramLabel = "CAMPAIGN") String campaign,
            @Option(names = "--user", defaultValue = StackChoice.DEMO_USER) String user)
            throws IOException, InterruptedException {
        return move(campaign, "cancel", user);
    }

    @Command(name = "retry-failed", mixinStandardHelpOptions = true, description = "Recover the tasks that failed.")
    int retryFailed(
            @Parameters(paramLabel = "CAMPAIGN") String campaign,
            @Option(names = "--user", defaultValue = StackChoice.DEMO_USER) String user)
            throws IOException, InterruptedException {
        return move(campaign, "retry-failed", user);
    }

    private static int move(String campaign, String move, String user) throws IOException, InterruptedException {
        JsonNode answer = edge(user).post(CAMPAIGNS + "/" + campaign + "/" + move, "{}");
        System.out.println(answer.path("message").asText(answer.toString()));
        return 0;
    }

    private static EdgeClient edge(String user) throws IOException {
        return StackChoice.edge(StackChoice.stack(), user);
    }
}
