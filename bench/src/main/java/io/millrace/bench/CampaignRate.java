package io.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.LocalStack;
import io.millrace.local.StackOptions;
import io.millrace.local.client.EdgeClient;
import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One campaign to its end, through every room of a stack of its own: the edge takes it, the orchestrator runs it with inference that
 * answers at once, the read model writes all rows of it. While it runs, another tenant submits a task now and then, and at the end
 * {@code audit} compares the topic with the tables.
 *
 * <p>Arguments: how many rows (50000), their type (poster).
 */
public final class CampaignRate {
    private static final int DEFAULT_ROWS = 50_000;
    private static final int LANE = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 20;
    private static final String OTHER = "{\"type\": \"%s\", \"prompt\": \"one of somebody else\"}";

    private final LocalStack stack;
    private final EdgeClient owner;
    private final EdgeClient other;
    private final String type;

    private CampaignRate(LocalStack stack, String type) {
        StackSetup setup = stack.setup();
        this.stack = stack;
        this.owner = new EdgeClient(setup.edgeUrl(), stack.token("campaign", "user"));
        this.other = new EdgeClient(setup.edgeUrl(), stack.token("somebody-else", "user"));
        this.type = type;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_ROWS;
        String type = args.length > 1 ? args[1] : "poster";
        Path home = TemporaryStack.home();
        Path definitions = InstantDefinitions.write(home.resolve("definitions"), LANE);
        StackOptions options = StackOptions.standard()
                .definitions(definitions)
                .inference("bench/instant", "io.millrace.bench.instant.InstantInference");
        try (TemporaryStack temporary = TemporaryStack.start(home, options)) {
            LocalStack stack = temporary.stack();
            stack.awaitReady(Duration.ofSeconds(180));
            new CampaignRate(stack, type).run(rows);
        }
    }

    private void run(int rows) throws IOException, InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            lines.append(String.format(
                    "{\"type\": \"%s\", \"custom_id\": \"row-%d\", \"prompt\": \"Summer sale %d\"}%n", type, i, i));
        }
        long begun = System.nanoTime();
        String id = owner.post("/api/v1/campaigns?name=bench", lines.toString(), "application/x-ndjson")
                .path("id")
                .asText();
        System.out.printf("%d rows of type %s taken in %.1f s%n", rows, type, seconds(begun));
        System.out.printf("%8s %10s %10s  %s%n", "after s", "ended", "rows/s", "a task of somebody else, ms");
        JsonNode campaign;
        int before = 0;
        do {
            if (seconds(begun) > PATIENCE.toSeconds()) {
                throw new IllegalStateException("campaign " + id + " has not ended after " + PATIENCE);
            }
            Thread.sleep(EVERY.toMillis());
            long others = other();
            campaign = owner.get("/api/v1/campaigns/" + id);
            int ended = ended(campaign);
            System.out.printf(
                    Locale.ROOT,
                    "%8.0f %10d %10.0f  %d%n",
                    seconds(begun),
                    ended,
                    (ended - before) / (double) EVERY.toSeconds(),
                    others);
            before = ended;
        } while (!campaign.path("status").asText().equals("completed"));
        double length = seconds(begun);
        System.out.printf("%d ended after %.0f s, %.0f/s: %s%n", rows, length, rows / length, counts(campaign));
        audit("while the tables fill");
        audit("again");
    }

    /** From its submit to its end, as its owner asks for it. */
    private long other() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        String task = other.submit(String.format(OTHER, type));
        while (!List.of("completed", "failed")
                .contains(other.get("/api/v1/tasks/" + task + "/status")
                        .path("status")
                        .asText())) {
            Thread.sleep(20);
        }
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private void audit(String when) throws IOException, InterruptedException {
        StackSetup setup = stack.setup();
        long begun = System.nanoTime();
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // As ./millrace runs it.
                        "-Xmx768m",
                        "-cp",
                        setup.code().classPath("local"),
                        "io.millrace.local.Main",
                        "audit",
                        "--ended",
                        "--settle",
                        "300")
                .inheritIO();
        command.environment().put("MILLRACE_ROOT", setup.code().root().toString());
        command.environment().put("MILLRACE_HOME", setup.home().folder().toString());
        command.environment()
                .put("MILLRACE_PORT_BASE", Integer.toString(setup.ports().base()));
        Process audit = command.start();
        if (!audit.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            audit.destroyForcibly();
            throw new IllegalStateException("the audit has not ended after " + PATIENCE);
        }
        System.out.printf("audit %s ended with %d after %.0f s%n", when, audit.exitValue(), seconds(begun));
    }

    private static int ended(JsonNode campaign) {
        return campaign.path("total").asInt() - campaign.path("open").asInt();
    }

    private static String counts(JsonNode campaign) {
        return String.format(
                "completed %d, partial %d, failed %d, cancelled %d",
                campaign.path("completed").asInt(),
                campaign.path("partial_failure").asInt(),
                campaign.path("failed").asInt(),
                campaign.path("cancelled").asInt());
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
