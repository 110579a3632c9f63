package io.millrace.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.audit.Audit;
import io.millrace.local.audit.AuditReport;
import io.millrace.local.audit.AuditSettings;
import io.millrace.local.audit.Finding;
import io.millrace.local.audit.Repair;
import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description =
                "Prove that the events topic and the task tables agree: one end for each task, no gap, equal rows.")
final class AuditCommand implements Callable<Integer> {
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Option(
            names = "--repair",
            description = "Ask the orchestrator after tasks with gaps and tasks that do not move; then audit again.")
    private boolean repair;

    @Option(names = "--ended", description = "A task that has not ended is a finding.")
    private boolean ended;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            description = "How long commits and tables may lag (default: ${DEFAULT-VALUE}).")
    private int settle = 20;

    @Option(
            names = "--stuck",
            paramLabel = "SECONDS",
            description = "Repair asks after open tasks that have not moved for so long (default: ${DEFAULT-VALUE}).")
    private int stuck = 600;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        StackSetup setup = StackChoice.stack().setup();
        AuditSettings settings = new AuditSettings(
                setup.kafka(),
                setup.databaseUrl(),
                setup.databaseUser(),
                setup.secrets().database(),
                ended,
                Duration.ofSeconds(settle),
                Duration.ofSeconds(stuck));
        AuditReport report = new Audit(settings).run();
        List<String> repairs = List.of();
        if (repair) {
            repairs = new Repair(settings).run(report);
            report = repairs.isEmpty() ? report : new Audit(settings).run();
        }
        if (json) {
            System.out.println(json(report, repairs).toPrettyString());
        } else {
            repairs.forEach(System.out::println);
            report.findings().forEach(System.out::println);
            System.out.println(report.summary());
        }
        return report.ok() ? 0 : 1;
    }

    private static ObjectNode json(AuditReport report, List<String> repairs) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("ok", report.ok())
                .put("events", report.events())
                .put("tasks", report.tasks())
                .put("ended", report.ended())
                .put("open", report.open())
                .put("rows", report.rows())
                .put("older_than_topic", report.olderThanTopic());
        ArrayNode findings = root.putArray("findings");
        for (Finding finding : report.findings()) {
            findings.addObject()
                    .put("kind", finding.kind().name())
                    .put("subject", finding.subject())
                    .put("detail", finding.detail())
                    .put("remedy", finding.kind().remedy());
        }
        ArrayNode asked = root.putArray("repairs");
        repairs.forEach(asked::add);
        return root;
    }
}
